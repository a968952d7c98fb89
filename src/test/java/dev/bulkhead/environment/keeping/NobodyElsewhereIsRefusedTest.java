package dev.bulkhead.environment.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.secrets.rotation.Wish;
import dev.bulkhead.secrets.rotation.Wish.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two environments share an entry; whatever ends in the middle and whoever is late, nobody is refused in either. */
class NobodyElsewhereIsRefusedTest {

    private static final int WORLDS = Integer.getInteger("shared.worlds", 100);
    private static final int STEPS = 400;
    private static final int PATIENCE = 1_000;

    @Test
    void whateverHappens() {
        assertThat(faults(WORLDS, true)).isEmpty();
    }

    /** Else the worlds would prove nothing. */
    @Test
    void anOwnerThatDoesNotWaitIsFound() {
        assertThat(faults(100, false)).isNotEmpty();
    }

    private static List<String> faults(int worlds, boolean waits) {
        return LongStream.range(0, worlds)
                .mapToObj(seed -> new Story(seed, waits).fault())
                .filter(it -> !it.isEmpty())
                .limit(3)
                .toList();
    }

    private static final class Story {

        private final long seed;
        private final Random random;
        private final TwoEnvironments world;
        private final List<String> told = new ArrayList<>();
        private int wished;

        Story(long seed, boolean waits) {
            this.seed = seed;
            random = new Random(seed);
            world = new TwoEnvironments(random, waits);
        }

        String fault() {
            for (var step = 0; step < STEPS; step++) {
                happens(random.nextInt(1000));
                var wrong = wrong();
                if (!wrong.isEmpty()) {
                    return told(wrong);
                }
            }
            return comesToRest();
        }

        private void happens(int what) {
            if (what < 350) {
                world.ownerGoesOn();
            } else if (what < 500) {
                world.ownerApplies();
            } else if (what < 700) {
                world.claimantGoesOn();
            } else if (what < 720) {
                world.claimantCrashes();
            } else if (what < 735) {
                world.operatorCrashes();
            } else if (what < 900) {
                (random.nextBoolean() ? world.home : world.web).rolls(random, what < 760);
            } else if (what < 960) {
                world.passes(Duration.ofSeconds(random.nextInt(60)));
            } else if (what < 970) {
                world.somebodyClaims();
            } else if (what < 980) {
                world.somebodyUsesIt();
            } else if (what < 990 && world.wishes.isEmpty()) {
                var kinds =
                        List.of(Kind.Rotate, Kind.Rotate, Kind.Rotate, Kind.Rollback, Kind.Compromised, Kind.Resume);
                wish(kinds.get(random.nextInt(kinds.size())));
            }
            told.add("%d: %s".formatted(what, world.told()));
        }

        private void wish(Kind kind) {
            world.wishes.add(new Wish(kind, "op" + wished++));
        }

        /** Whoever uses a value is let in by all who check, in both; and what anybody has is in the vault. */
        private String wrong() {
            var used =
                    Stream.of(world.home, world.web).flatMap(SharedTarget::used).collect(Collectors.toSet());
            var accepted = Stream.of(world.home, world.web)
                    .flatMap(SharedTarget::accepted)
                    .collect(Collectors.toSet());
            if (!world.leaping && accepted.stream().anyMatch(it -> !it.containsAll(used))) {
                return "%s are used, and accepted %s".formatted(used, accepted);
            }
            var live = Stream.concat(used.stream(), accepted.stream().flatMap(Set::stream));
            return live.filter(it -> !world.holds(it))
                    .map("version %d is live, and not in the vault"::formatted)
                    .findFirst()
                    .orElse("");
        }

        /** No more faults: what was begun ends, and all have the same. */
        private String comesToRest() {
            for (var round = 0; round < PATIENCE; round++) {
                world.ownerGoesOn();
                world.ownerApplies();
                world.claimantGoesOn();
                world.home.rolls(random, false);
                world.web.rolls(random, false);
                world.passes(Duration.ofSeconds(5));
                somebodyHelps();
                var wrong = wrong();
                if (!wrong.isEmpty()) {
                    return told(wrong);
                }
                if (world.isAtRest()) {
                    return "";
                }
            }
            return told("it doesn't end: " + world.told());
        }

        /** A hold ends when somebody says so; and what can't be done is refused by whoever reports it. */
        private void somebodyHelps() {
            var holds = world.line().filter(it -> it.onHold()).isPresent();
            world.wishes.removeIf(it -> it.kind() == Kind.Rollback || it.kind() == Kind.Resume && !holds);
            if (holds && world.wishes.stream().noneMatch(it -> it.kind() == Kind.Resume)) {
                wish(Kind.Resume);
            }
        }

        private String told(String wrong) {
            return "world %d: %s%n%s"
                    .formatted(
                            seed,
                            wrong,
                            told.stream().skip(Math.max(0, told.size() - 4)).collect(Collectors.joining("\n")));
        }
    }
}
