package dev.bulkhead.secrets.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The five statements of what a rotation never does, in random worlds in which everything goes wrong. */
class NothingIsLostTest {

    @Property(seed = "20261122", shrinking = ShrinkingMode.OFF)
    void whateverHappensNothingIsLostAndItEnds(@ForAll long seed, @ForAll @IntRange(max = 6) int losses) {
        assertThat(new RandomWorld(seed, Rotation::decide, losses).fault()).isEmpty();
    }

    /** Worlds that find no fault in these would find none in anything. */
    @ParameterizedTest
    @EnumSource
    void aBrokenMachineIsCaught(Broken broken) {
        assertThat(LongStream.range(0, 200).mapToObj(seed -> new RandomWorld(seed, broken, 1).fault()))
                .anyMatch(it -> !it.isEmpty());
    }

    enum Broken implements Replica.Mind {
        WAITS_FOR_NO_ACCEPTOR {
            @Override
            Observed sees(Observed observed) {
                return seeing(observed, observed.inForce(), Set.of(), observed.usersBehind(), observed.hooks());
            }
        },
        WAITS_FOR_NO_USER {
            @Override
            Observed sees(Observed observed) {
                return seeing(observed, observed.inForce(), observed.acceptorsBehind(), Set.of(), observed.hooks());
            }
        },
        DISCARDS_BEFORE_ALL_FOLLOW {
            @Override
            Observed sees(Observed observed) {
                return seeing(observed, observed.inForce(), Set.of(), Set.of(), observed.hooks());
            }
        },
        TRUSTS_THAT_THE_TARGET_SHOWS_IT {
            @Override
            Observed sees(Observed observed) {
                return seeing(
                        observed, Long.MAX_VALUE, observed.acceptorsBehind(), observed.usersBehind(), observed.hooks());
            }
        },
        TRUSTS_THAT_HOOKS_SUCCEED {
            @Override
            Observed sees(Observed observed) {
                var fine = new HookState.Succeeded();
                return seeing(
                        observed,
                        observed.inForce(),
                        observed.acceptorsBehind(),
                        observed.usersBehind(),
                        Map.of(HookStep.INSTALL, fine, HookStep.VERIFY, fine, HookStep.REVOKE, fine));
            }
        },
        FORGETS_WHAT_WAS_ASKED {
            @Override
            Line keeps(Line line, Observed observed) {
                return new Line(
                        line.current(),
                        line.previous(),
                        line.pending(),
                        line.retiring(),
                        line.highest(),
                        line.pointer(),
                        line.acceptsSince(),
                        line.usesSince(),
                        line.rotationId(),
                        line.cause(),
                        line.phase(),
                        line.since(),
                        line.anchor(),
                        line.rotated(),
                        line.next(),
                        line.drainUntil(),
                        line.attempts(),
                        line.retryAt(),
                        line.message(),
                        line.onHold(),
                        List.of(),
                        line.declined());
            }
        },
        GIVES_ORDINALS_AGAIN {
            @Override
            Line keeps(Line line, Observed observed) {
                var held = observed.versions().keySet().stream()
                        .max(Integer::compare)
                        .orElse(0);
                return line.pending() == 0 ? LineChange.of(line).highest(held).done() : line;
            }
        },
        IS_DEAF {
            @Override
            Observed sees(Observed it) {
                return new Observed(
                        it.versions(),
                        it.inForce(),
                        it.published(),
                        it.acceptorsBehind(),
                        it.usersBehind(),
                        it.elsewhere(),
                        it.hooks(),
                        List.of(),
                        it.issuerSigning(),
                        it.issuerTrusted(),
                        it.leavesFollow(),
                        it.source(),
                        it.paused());
            }
        };

        Observed sees(Observed observed) {
            return observed;
        }

        Line keeps(Line line, Observed observed) {
            return line;
        }

        @Override
        public Decision decide(Terms terms, Optional<Line> line, Observed observed, Instant now) {
            var decision = Rotation.decide(terms, line, sees(observed), now);
            return new Decision(keeps(decision.line(), observed), decision.actions(), decision.wake());
        }

        private static Observed seeing(
                Observed it,
                long inForce,
                Set<String> acceptorsBehind,
                Set<String> usersBehind,
                Map<HookStep, HookState> hooks) {
            return new Observed(
                    it.versions(),
                    inForce,
                    it.published(),
                    acceptorsBehind,
                    usersBehind,
                    it.elsewhere(),
                    hooks,
                    it.wishes(),
                    it.issuerSigning(),
                    it.issuerTrusted(),
                    it.leavesFollow(),
                    it.source(),
                    it.paused());
        }
    }
}
