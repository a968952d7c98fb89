package dev.bulkhead.secrets.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.secrets.rotation.Wish.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** The five statements of what a rotation never does, in random worlds in which everything goes wrong. */
class NothingIsLostTest {

    private static final int STEPS = 400;

    @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
    void whateverHappensNothingIsLostAndItEnds(@ForAll long seed) {
        var found = run(seed, Rotation::decide);
        assertThat(found).as("seed %d", seed).isEmpty();
    }

    /** All that is wrong in the world of a seed, with the story before it; empty when nothing is. */
    static List<String> run(long seed, Replica.Mind mind) {
        var random = new Random(seed);
        var world = world(random);
        var replicas = List.of(new Replica(world, mind), new Replica(world, mind));
        var leader = 0;
        for (var step = 0; step < STEPS; step++) {
            var what = random.nextInt(100);
            if (what < 60) {
                replicas.get(leader).step(true);
            } else if (what < 64) {
                replicas.get(1 - leader).step(false);
            } else if (what < 67) {
                replicas.get(random.nextInt(2)).crash();
            } else if (what < 68) {
                leader = 1 - leader;
                replicas.get(leader).crash();
            } else if (what < 80) {
                world.roll(false);
            } else if (what < 82) {
                world.roll(true);
            } else if (what < 90) {
                world.hookEnds(true);
            } else if (what < 96) {
                world.passes(Duration.ofMinutes(random.nextInt(180)));
            } else if (what < 97) {
                replicas.get(random.nextInt(2)).skew = Duration.ofHours(random.nextInt(3) - 1);
            } else if (what < 98) {
                world.source = "s" + random.nextInt(3);
            } else if (what < 99 && world.line.isPresent()) {
                world.wish(Kind.values()[random.nextInt(Kind.values().length)]);
            }
            var found = world.violations().toList();
            if (!found.isEmpty()) {
                return told(world, found);
            }
        }
        return told(world, comesToRest(world, replicas.get(leader)));
    }

    private static List<String> comesToRest(World world, Replica leader) {
        world.wish(Kind.Resume);
        leader.skew = Duration.ZERO;
        for (var round = 0; round < 3000; round++) {
            leader.step(true);
            world.roll(false);
            world.hookEnds(false);
            if (round % 10 == 0) {
                world.passes(Duration.ofMinutes(7));
            }
            var found = world.violations().toList();
            if (!found.isEmpty()) {
                return found;
            }
            if (world.line
                    .filter(it -> it.phase() == Phase.Stable && it.onHold())
                    .isPresent()) {
                world.wish(Kind.Resume);
            }
            if (isAtRest(world)) {
                return List.of();
            }
        }
        return List.of("it doesn't end");
    }

    private static boolean isAtRest(World world) {
        return world.line
                .filter(line -> line.phase() == Phase.Stable && line.current() != 0 && world.wishes.isEmpty())
                .filter(line -> world.vault.keySet().equals(Set.of(line.current())))
                .filter(line -> world.consumers.stream()
                        .filter(it -> !it.accepts)
                        .flatMap(it -> it.pods.stream())
                        .map(World.Pod::use)
                        .collect(Collectors.toSet())
                        .equals(world.value(line.current()).stream().collect(Collectors.toSet())))
                .isPresent();
    }

    private static List<String> told(World world, List<String> found) {
        if (found.isEmpty()) {
            return found;
        }
        var tail = world.story.subList(Math.max(0, world.story.size() - 40), world.story.size());
        return List.of(String.join("\n", found) + "\n" + String.join("\n", tail));
    }

    private static World world(Random random) {
        var fixed = random.nextInt(6) == 0;
        var installs = !fixed && random.nextBoolean();
        var terms = new Terms(
                "hub/shop/staging/db",
                "db",
                fixed ? SecretType.Static : SecretType.Token,
                "recipe",
                new Timing(new Timing.Every(Duration.ofDays(2)), 0.1, List.of(), 66),
                Duration.ofHours(1),
                installs && random.nextBoolean(),
                false,
                Trust.NO_CA,
                installs,
                random.nextBoolean(),
                installs && random.nextBoolean(),
                random.nextBoolean());
        return new World(terms, random, !fixed && random.nextBoolean());
    }

    static Optional<String> firstFound(Replica.Mind mind, int tries) {
        return LongStream.range(0, tries)
                .mapToObj(seed -> run(seed, mind))
                .filter(it -> !it.isEmpty())
                .map(List::getFirst)
                .findFirst();
    }
}
