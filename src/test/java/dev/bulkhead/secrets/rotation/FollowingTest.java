package dev.bulkhead.secrets.rotation;

import static dev.bulkhead.secrets.rotation.Lines.DAY;
import static dev.bulkhead.secrets.rotation.Lines.NOW;
import static dev.bulkhead.secrets.rotation.Lines.after;
import static dev.bulkhead.secrets.rotation.Lines.before;
import static dev.bulkhead.secrets.rotation.Lines.seen;
import static dev.bulkhead.secrets.rotation.Lines.stable;
import static dev.bulkhead.secrets.rotation.Lines.terms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.secrets.rotation.Lines.Seen;
import dev.bulkhead.secrets.rotation.Wish.Kind;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An entry whose value somebody else makes follows that, with everything that a rotation has. */
class FollowingTest {

    private static final Terms STATIC = terms(SecretType.Static, new Timing.Never());
    private static final Terms HOOKED = Lines.withHooks(STATIC);

    @Test
    void anotherValueBeginsARotationAndTheSameOneDoesNot() {
        assertThat(next(stable(), copies(3, "old").source("old"))).isEqualTo(stable());
        var due = next(stable(), copies(3, "old").source("new"));
        assertThat(due.phase()).isEqualTo(Phase.Due);
        assertThat(due.cause()).isEqualTo(Cause.SOURCE);
        assertThat(due.pending()).isEqualTo(4);
    }

    @Test
    void aWindowIsWaitedForExceptAtFirst() {
        var closed = terms(
                SecretType.Static,
                new Timing.Never(),
                new Timing.Window("0 0 1 1 *", Duration.ofHours(1), ZoneOffset.UTC));

        assertThat(decide(closed, stable(), copies(3, "old").source("new"))
                        .line()
                        .phase())
                .isEqualTo(Phase.Stable);
        assertThat(Rotation.decide(
                                closed,
                                Optional.empty(),
                                seen().inForce(-1, 0).source("new").of(stable()),
                                NOW)
                        .line()
                        .phase())
                .isEqualTo(Phase.Due);
    }

    /** Its pods were started with it when it had no versions: there is nothing that they would restart for. */
    @Test
    void theFirstVersionIsNoChangeToWhoHasItAlready() {
        var first = LineChange.of(Line.atRest(0, NOW))
                .pending(1)
                .rotation("id", Cause.FIRST)
                .enters(Phase.Verified, NOW)
                .done();

        var published = next(first, copies(1, "old").source("old"));

        assertThat(published.current()).isEqualTo(1);
        assertThat(published.usesSince()).isZero();
        assertThat(published.acceptsSince()).isZero();
        assertThat(published.pointer()).isPositive();
        var staged = LineChange.of(published)
                .pending(2)
                .rotation("id2", Cause.SOURCE)
                .enters(Phase.Staged, NOW)
                .done();
        assertThat(staged.acceptsSince()).isPositive();
        assertThat(staged.usesSince()).isZero();
    }

    @Test
    void whatIsTakenBackIsNotTakenUpAgainWhileItDrains() {
        var back = next(draining(), copies(3, "old", 4, "new").source("new").wish(Kind.Rollback));

        assertThat(back.phase()).isEqualTo(Phase.RollingBack);
        assertThat(back.current()).isEqualTo(3);
        var drains = next(back, copies(3, "old", 4, "new").source("new"));
        assertThat(drains.phase()).isEqualTo(Phase.Draining);
        assertThat(next(drains, copies(3, "old", 4, "new").source("new"))).isEqualTo(drains);
        assertThat(next(drains, copies(3, "old", 4, "new").source("newer")).cause())
                .isEqualTo(Cause.SOURCE);
    }

    @Test
    void whatWasTakenBackIsHeldUntilTheSourceIsAnother() {
        var held =
                LineChange.of(stable()).onHold(true).declines("new").highest(4).done();

        assertThat(next(held, copies(3, "old").source("new"))).isEqualTo(held);
        assertThat(next(held, copies(3, "old").source(""))).isEqualTo(held);
        var released = next(held, copies(3, "old").source("newer"));
        assertThat(released.onHold()).isFalse();
        assertThat(next(released, copies(3, "old").source("newer")).pending()).isEqualTo(5);
    }

    @Test
    void resumeTakesUpWhatWasTakenBack() {
        var held =
                LineChange.of(stable()).onHold(true).declines("new").highest(4).done();

        var resumed = next(held, copies(3, "old").source("new").wish(Kind.Resume));

        assertThat(next(resumed, copies(3, "old").source("new")).cause()).isEqualTo(Cause.SOURCE);
    }

    @Test
    void whoHoldsItOnPurposeIsNotOverruledByAnotherValue() {
        var held = LineChange.of(stable()).onHold(true).done();

        assertThat(next(held, copies(3, "old").source("new"))).isEqualTo(held);
    }

    @Test
    void rotatingACopyChangesNothing() {
        var asked = next(stable(), copies(3, "old").source("old").wish(Kind.Rotate));

        assertThat(asked.phase()).isEqualTo(Phase.Stable);
        assertThat(asked.consumed()).containsExactly("uid");
    }

    @Test
    void whatIsCompromisedIsReplacedWithoutWaiting() {
        var due = next(stable(), copies(3, "old").source("new").wish(Kind.Compromised));

        assertThat(due.phase()).isEqualTo(Phase.Due);
        assertThat(Cause.isLeap(due.cause())).isTrue();
    }

    @Test
    void whatIsCompromisedWhileItIsReplacedGoesAtOnceAndNothingIsCopiedTwice() {
        var staged = next(
                before(Phase.Staged), copies(3, "old", 4, "new").source("new").wish(Kind.Compromised));
        var drained = next(draining(), copies(3, "old", 4, "new").source("new").wish(Kind.Compromised));

        assertThat(staged.pending()).isEqualTo(4);
        assertThat(Cause.isLeap(staged.cause())).isTrue();
        assertThat(drained.phase()).isEqualTo(Phase.Retired);
        assertThat(drained.current()).isEqualTo(4);
        assertThat(drained.previous()).isZero();
        assertThat(drained.retiring()).isEqualTo(3);
    }

    @Test
    void whatHasNoOtherValueCannotBeReplaced() {
        var asked = next(stable(), copies(3, "old").source("old").wish(Kind.Compromised));

        assertThat(asked.phase()).isEqualTo(Phase.Stable);
        assertThat(asked.current()).isEqualTo(3);
    }

    /** It was changed, and put back before the change was through: to revoke the one would lock out who uses the other. */
    @Test
    void aValueThatIsInUseUnderAnotherNumberIsNotRevoked() {
        var retired = LineChange.of(stable())
                .highest(4)
                .current(4)
                .retiring(3)
                .enters(Phase.Retired, NOW)
                .done();

        assertThat(Rotation.hook(
                        HOOKED, retired, copies(3, "a", 4, "a").of(retired).versions()))
                .isEmpty();
        assertThat(Rotation.hook(
                        HOOKED, retired, copies(3, "b", 4, "a").of(retired).versions()))
                .contains(HookStep.REVOKE);
        assertThat(decide(HOOKED, retired, copies(3, "a", 4, "a").source("a")).actions())
                .containsExactly(new Action.Discard(3));
    }

    @Test
    void whatWasFoundAgainIsBroughtToItsEndFirst() {
        var found = LineChange.of(after(Phase.Converging))
                .rotation("id", Cause.RECOVERY)
                .done();

        assertThat(next(found, copies(3, "old", 4, "new").source("newer").usersBehind("web")))
                .isEqualTo(found);
    }

    private static Line draining() {
        return LineChange.of(after(Phase.Draining)).drainUntil(NOW.plus(DAY)).done();
    }

    private static Seen copies(int version, String hash) {
        return seen().with(copy(version, hash));
    }

    private static Seen copies(int version, String hash, int other, String otherHash) {
        return copies(version, hash).with(copy(other, otherHash));
    }

    private static VersionFacts copy(int version, String hash) {
        return new VersionFacts(version, "v" + version, "id" + version, hash, NOW.minus(DAY), null, null, 0);
    }

    private static Line next(Line line, Seen seen) {
        return decide(STATIC, line, seen).line();
    }

    private static Decision decide(Terms terms, Line line, Seen seen) {
        return Rotation.decide(terms, Optional.of(line), seen.of(line), NOW);
    }
}
