package dev.bulkhead.secrets.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** At every instant of a CA's rotation every leaf that may be shown is trusted with every bundle that somebody may have. */
class CaRotationTest {

    @Property(tries = 250, seed = "20261122", shrinking = ShrinkingMode.OFF)
    void whoTrustsBothFirstIsNeverRefused(@ForAll long seed) {
        assertThat(new CaWorld(seed, Trust.TRUST_BOTH, Rotation::decide).fault())
                .isEmpty();
    }

    @Property(tries = 250, seed = "20261122", shrinking = ShrinkingMode.OFF)
    void whoFindsItsWayOverTheBridgeIsNeverRefused(@ForAll long seed) {
        assertThat(new CaWorld(seed, Trust.CROSS_SIGN, Rotation::decide).fault())
                .isEmpty();
    }

    @Test
    void aCaThatDoesNotWaitForItsLeavesIsCaught() {
        assertThat(LongStream.range(0, 200).mapToObj(seed -> new CaWorld(
                                seed,
                                Trust.CROSS_SIGN,
                                (terms, line, it, now) -> Rotation.decide(terms, line, followed(it), now))
                        .fault()))
                .anyMatch(it -> it.contains("(e)"));
    }

    @Test
    void aCaThatSignsBeforeAllTrustItIsCaughtWithoutABridge() {
        assertThat(LongStream.range(0, 200).mapToObj(seed -> new CaWorld(
                                seed,
                                Trust.TRUST_BOTH,
                                (terms, line, it, now) -> Rotation.decide(terms, line, trusted(it), now))
                        .fault()))
                .anyMatch(it -> it.contains("(b)"));
    }

    private static Observed followed(Observed it) {
        return new Observed(
                it.versions(),
                it.inForce(),
                it.published(),
                it.acceptorsBehind(),
                it.usersBehind(),
                it.elsewhere(),
                it.hooks(),
                it.wishes(),
                it.issuerSigning(),
                it.issuerTrusted(),
                true,
                it.source(),
                it.paused());
    }

    private static Observed trusted(Observed it) {
        return new Observed(
                it.versions(),
                it.inForce(),
                it.published(),
                Set.of(),
                it.usersBehind(),
                it.elsewhere(),
                it.hooks(),
                it.wishes(),
                it.issuerSigning(),
                it.issuerTrusted(),
                it.leavesFollow(),
                it.source(),
                it.paused());
    }
}
