package dev.bulkhead.secrets.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.secrets.rotation.Wish.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The operator is stopped dead after its first write, after its second, and so on to the end of a rotation. */
class CrashTest {

    private static final int PATIENCE = 5_000;

    /** What is done with an entry whose first version is in use. */
    enum Story {
        A_TOKEN_IS_ROTATED(terms(SecretType.Token), true, Kind.Rotate, World::isAtRest, Optional.empty()),
        USERS_TAKE_TURNS(
                Lines.withHooks(terms(SecretType.Password)), false, Kind.Rotate, World::isAtRest, Optional.empty()),
        A_PEER_IS_TOLD_AND_OTHERS_ACCEPT(
                Lines.withHooks(terms(SecretType.Token)), true, Kind.Rotate, World::isAtRest, Optional.empty()),
        A_TOKEN_IS_COMPROMISED(terms(SecretType.Token), true, Kind.Compromised, World::isAtRest, Optional.empty()),
        A_PASSWORD_IS_COMPROMISED(
                Lines.withHooks(terms(SecretType.Password)),
                false,
                Kind.Compromised,
                World::isAtRest,
                Optional.empty()),
        A_ROTATION_IS_TAKEN_BACK(
                terms(SecretType.Token), true, Kind.Rotate, in(Phase.Converging), Optional.of(Kind.Rollback)),
        A_ROTATION_OF_A_USER_IS_TAKEN_BACK(
                Lines.withHooks(terms(SecretType.Password)),
                false,
                Kind.Rotate,
                in(Phase.Draining),
                Optional.of(Kind.Rollback)),
        A_ROTATION_IS_GIVEN_UP(
                Lines.withHooks(terms(SecretType.Token)),
                true,
                Kind.Rotate,
                in(Phase.Staged),
                Optional.of(Kind.Rollback)),
        WHAT_IS_ROTATED_IS_COMPROMISED(
                Lines.withHooks(terms(SecretType.Token)),
                true,
                Kind.Rotate,
                in(Phase.Draining),
                Optional.of(Kind.Compromised));

        private final Terms terms;
        private final boolean accepts;
        private final Kind first;
        private final Predicate<World> when;
        private final Optional<Kind> then;

        Story(Terms terms, boolean accepts, Kind first, Predicate<World> when, Optional<Kind> then) {
            this.terms = terms;
            this.accepts = accepts;
            this.first = first;
            this.when = when;
            this.then = then;
        }

        private static Terms terms(SecretType type) {
            return Lines.terms(type, new Timing.Never());
        }

        private static Predicate<World> in(Phase phase) {
            return world -> world.line.filter(it -> it.phase() == phase).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereverItIsStoppedNothingIsLost(Story story) {
        var steps = new Run(story, Integer.MAX_VALUE).steps();

        assertThat(steps).isGreaterThan(50);
        assertThat(IntStream.rangeClosed(1, steps)).allSatisfy(it -> new Run(story, it).steps());
    }

    /** One telling of a story. The second replica looks at the beginning, and knows nothing later when the first one dies. */
    private static final class Run {
        private final Story story;
        private final int stopAfter;
        private final World world;
        private final Statements statements;
        private final List<Replica> replicas;
        private int leader;
        private int steps;

        Run(Story story, int stopAfter) {
            this.story = story;
            this.stopAfter = stopAfter;
            world = new World(story.terms, new Random(stopAfter), story.accepts);
            statements = new Statements(world);
            replicas = List.of(new Replica(world, Rotation::decide), new Replica(world, Rotation::decide));
        }

        /** How many steps it took. */
        int steps() {
            until(World::isAtRest);
            world.wish(story.first);
            replicas.getLast().step(false);
            until(world -> world.wishes.isEmpty());
            until(story.when);
            story.then.ifPresent(kind -> {
                world.wish(kind);
                until(world -> world.wishes.isEmpty());
            });
            until(World::isAtRest);
            return steps;
        }

        private void until(Predicate<World> end) {
            for (var round = 0; !end.test(world); round++) {
                assertThat(round)
                        .as(
                                "it doesn't end:%n%s",
                                String.join("\n", world.story().toList()))
                        .isLessThan(PATIENCE);
                replicas.get(leader).step(true);
                steps++;
                if (steps == stopAfter) {
                    dies();
                }
                world.roll(false);
                world.hookEnds(false);
                if (round % 10 == 0) {
                    world.passes(Duration.ofMinutes(20));
                }
                assertThat(statements.violations())
                        .as(String.join("\n", world.story().toList()))
                        .isEmpty();
            }
        }

        /** What the other one had in mind comes too late. It begins anew then, with a clock of its own. */
        private void dies() {
            replicas.get(leader).crash();
            leader = 1 - leader;
            var other = replicas.get(leader);
            other.skew = Duration.ofHours(stopAfter % 3 - 1);
            IntStream.range(0, 3).forEach(_ -> other.step(false));
            other.crash();
        }
    }
}
