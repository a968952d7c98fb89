package dev.bulkhead.secrets.rotation;

import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.secrets.rotation.Wish.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A world in which everything goes wrong for a while, and then nothing any more. The same seed, the same world. */
final class RandomWorld {

    private static final int STEPS = 300;
    private static final int PATIENCE = 4_000;

    private final Random random;
    private final World world;
    private final Statements statements;
    private final List<Replica> replicas;
    private int losses;
    private int leader;

    /** @param losses how often at most its journal is lost, or comes back old */
    RandomWorld(long seed, Replica.Mind mind, int losses) {
        this.losses = losses;
        random = new Random(seed);
        world = world(random);
        statements = new Statements(world);
        replicas = List.of(new Replica(world, mind), new Replica(world, mind));
    }

    /** What is wrong in it, with the story before; empty when nothing is. */
    String fault() {
        for (var step = 0; step < STEPS; step++) {
            happens(random.nextInt(1000));
            var found = statements.violations();
            if (!found.isEmpty()) {
                return told(found);
            }
        }
        return comesToRest();
    }

    private void happens(int what) {
        if (what < 600) {
            replicas.get(leader).step(true);
        } else if (what < 640) {
            replicas.get(1 - leader).step(false);
        } else if (what < 670) {
            replicas.get(random.nextInt(2)).crash();
        } else if (what < 680) {
            leader = 1 - leader;
            replicas.get(leader).crash();
        } else if (what < 800) {
            world.roll(false);
        } else if (what < 830) {
            world.roll(true);
        } else if (what < 900) {
            world.hookEnds(true);
        } else if (what < 950) {
            world.passes(Duration.ofMinutes(random.nextInt(180)));
        } else if (what < 958) {
            replicas.get(random.nextInt(2)).skew = Duration.ofHours(random.nextInt(3) - 1);
        } else if (what < 966) {
            world.source = random.nextInt(6) == 0 ? "" : "s" + random.nextInt(3);
            world.touched = true;
        } else if (what < 984) {
            world.wish(Kind.values()[random.nextInt(Kind.values().length)]);
        } else if (what < 992 && losses > 0) {
            world.journalIsLost();
            somebodyRestores();
        } else if (losses > 0) {
            world.journalIsOld();
            somebodyRestores();
        }
    }

    /** Which takes a while: no write is under way for so long. */
    private void somebodyRestores() {
        losses--;
        world.passes(Duration.ofMinutes(1));
        replicas.forEach(Replica::crash);
    }

    /** No more faults: every rotation ends, every wish is taken, and nothing is left behind. */
    private String comesToRest() {
        replicas.forEach(it -> it.skew = Duration.ZERO);
        world.source = "s" + random.nextInt(3);
        for (var round = 0; round < PATIENCE; round++) {
            replicas.get(leader).step(true);
            world.roll(false);
            world.hookEnds(false);
            if (round % 10 == 0) {
                world.passes(Duration.ofMinutes(20));
                helped();
            }
            var found = statements.violations();
            if (!found.isEmpty()) {
                return told(found);
            }
            if (world.isAtRest()) {
                return "";
            }
        }
        return told(List.of("it doesn't end"));
    }

    /** What only people can do. */
    private void helped() {
        var isLost = world.line.filter(it -> it.phase() == Phase.Lost).isPresent();
        if (world.line.filter(Line::onHold).isPresent() && asked(Kind.Resume)) {
            world.wish(Kind.Resume);
        }
        if (isLost && asked(Kind.Rotate)) {
            world.wish(Kind.Rotate);
        }
    }

    private boolean asked(Kind kind) {
        return world.wishes.stream().noneMatch(it -> it.kind() == kind);
    }

    private String told(List<String> found) {
        return Stream.concat(found.stream(), world.story()).collect(Collectors.joining("\n"));
    }

    private static World world(Random random) {
        var fixed = random.nextInt(6) == 0;
        var installs = random.nextBoolean();
        var terms = new Terms(
                "hub/shop/staging/db",
                "db",
                fixed ? SecretType.Static : SecretType.Token,
                "recipe",
                new Timing(fixed ? new Timing.Never() : new Timing.Every(Duration.ofDays(2)), 0.1, List.of(), 66),
                Duration.ofHours(1),
                !fixed && installs && random.nextBoolean(),
                false,
                Trust.NO_CA,
                installs,
                random.nextBoolean(),
                installs && random.nextBoolean(),
                random.nextBoolean());
        return new World(terms, random, random.nextBoolean());
    }
}
