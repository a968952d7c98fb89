package dev.bulkhead.secrets.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.SecretType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * A hub that comes back from a backup, older than its target: what was rotated since is due for it, and what it made since
 * it doesn't have. Nobody tells it. It must not make another value under a number that the target shows.
 */
class OldHubTest {

    private static final int STEPS = 150;
    private static final int PATIENCE = 3_000;

    private final Map<String, Set<String>> shown = new HashMap<>();

    @Property(tries = 500, seed = "20261122", shrinking = ShrinkingMode.OFF)
    void noNumberStandsForTwoValuesAndItEnds(@ForAll long seed) {
        var random = new Random(seed);
        var terms = Lines.terms(SecretType.Token, new Timing.Every(Duration.ofDays(2)));
        var world = new World(random.nextBoolean() ? Lines.withHooks(terms) : terms, random, random.nextBoolean());
        var eyes = new Eyes(world);
        var replica = new Replica(world, eyes);
        shown.clear();
        live(world, replica, STEPS);
        var line = world.line.orElseThrow();
        var vault = new TreeMap<Integer, Map<String, World.Stored>>();
        world.vault.forEach((version, of) -> vault.put(version, new TreeMap<>(of)));
        live(world, replica, STEPS);

        world.hubIsOld(line, vault);
        world.passes(Duration.ofMinutes(1));
        replica.crash();
        eyes.shut();

        assertThat(comesToRest(world, replica))
                .as(() -> world.story().collect(Collectors.joining("\n")))
                .isTrue();
    }

    private void live(World world, Replica replica, int steps) {
        for (var step = 0; step < steps; step++) {
            switch (world.random.nextInt(10)) {
                case 0 -> world.roll(false);
                case 1 -> world.hookEnds(false);
                case 2 -> world.passes(Duration.ofMinutes(world.random.nextInt(500)));
                default -> replica.step(true);
            }
            look(world);
        }
    }

    private boolean comesToRest(World world, Replica replica) {
        for (var round = 0; round < PATIENCE && !world.isAtRest(); round++) {
            replica.step(true);
            world.roll(false);
            world.hookEnds(false);
            if (round % 10 == 0) {
                world.passes(Duration.ofMinutes(20));
                helped(world);
            }
            look(world);
        }
        return world.isAtRest();
    }

    /** As the message says. */
    private static void helped(World world) {
        if (world.wishes.isEmpty()
                && world.line.filter(it -> it.phase() == Phase.Lost).isPresent()) {
            world.wish(Wish.Kind.Rotate);
        }
    }

    private void look(World world) {
        Stream.concat(
                        Stream.of(world.shown).filter(it -> it != null).map(World.Shown::use),
                        world.consumers.stream()
                                .filter(it -> !it.accepts)
                                .flatMap(it -> it.pods.stream())
                                .map(World.Pod::use))
                .forEach(value -> shown.computeIfAbsent(value.substring(0, value.indexOf('#')), _ -> new HashSet<>())
                        .add(value));
        assertThat(shown.values())
                .as(() -> world.story().collect(Collectors.joining("\n")))
                .allMatch(values -> values.size() == 1);
    }

    /** After a start it isn't known what the target shows, until something was applied to both of its namespaces. */
    private static final class Eyes implements Replica.Mind {

        private final World world;
        private int openAt;

        Eyes(World world) {
            this.world = world;
        }

        void shut() {
            openAt = world.applied + 2;
        }

        @Override
        public Decision decide(Terms terms, Optional<Line> line, Observed observed, Instant now) {
            return Rotation.decide(terms, line, world.applied < openAt ? blind(observed, line) : observed, now);
        }

        private static Observed blind(Observed observed, Optional<Line> line) {
            return new Observed(
                    observed.versions(),
                    -1,
                    line.map(Line::current).filter(it -> it != 0).orElse(observed.published()),
                    observed.acceptorsBehind(),
                    observed.usersBehind(),
                    observed.elsewhere(),
                    observed.hooks(),
                    observed.wishes(),
                    observed.issuerSigning(),
                    observed.issuerTrusted(),
                    observed.leavesFollow(),
                    observed.source(),
                    observed.paused());
        }
    }
}
