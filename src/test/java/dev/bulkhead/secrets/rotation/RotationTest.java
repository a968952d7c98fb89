package dev.bulkhead.secrets.rotation;

import static dev.bulkhead.secrets.rotation.Lines.DAY;
import static dev.bulkhead.secrets.rotation.Lines.NOW;
import static dev.bulkhead.secrets.rotation.Lines.TOKEN;
import static dev.bulkhead.secrets.rotation.Lines.after;
import static dev.bulkhead.secrets.rotation.Lines.before;
import static dev.bulkhead.secrets.rotation.Lines.seen;
import static dev.bulkhead.secrets.rotation.Lines.stable;
import static dev.bulkhead.secrets.rotation.Lines.terms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.secrets.rotation.Action.Discard;
import dev.bulkhead.secrets.rotation.Action.Mint;
import dev.bulkhead.secrets.rotation.Lines.Seen;
import dev.bulkhead.secrets.rotation.Timing.Every;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What comes next for an entry, rule by rule. */
class RotationTest {

    private static final Terms TLS = terms(SecretType.TLS, new Timing.Never());
    private static final Terms STATIC = terms(SecretType.Static, new Timing.Never());
    private static final Terms HOOKED = Lines.withHooks(TOKEN);

    @Test
    void theFirstVersionIsMadeWhenTheJournalKnowsOfIt() {
        var first =
                Rotation.decide(TOKEN, Optional.empty(), seen().inForce(-1, 0).of(stable()), NOW);

        assertThat(first.line().phase()).isEqualTo(Phase.Due);
        assertThat(first.line().pending()).isEqualTo(1);
        assertThat(first.actions()).isEmpty();
        assertThat(Rotation.decide(
                                TOKEN,
                                Optional.of(first.line()),
                                seen().inForce(-1, 0).of(stable()),
                                NOW)
                        .actions())
                .containsExactly(new Mint(1, first.line().rotationId()));
    }

    @Test
    void whatIsStableAndHasNoScheduleStaysAsItIs() {
        assertThat(next(TOKEN, stable(), seen(3))).isEqualTo(stable());
    }

    @Test
    void aRotationBeginsWhenItsTimeHasComeAndNotBefore() {
        var daily = terms(SecretType.Token, new Every(DAY.multipliedBy(9)));

        assertThat(Rotation.decide(
                                daily, Optional.of(noted(daily, stable())), seen(3).of(stable()), NOW.minusSeconds(1))
                        .line()
                        .phase())
                .isEqualTo(Phase.Stable);
        var due = next(daily, noted(daily, stable()), seen(3));
        assertThat(due.phase()).isEqualTo(Phase.Due);
        assertThat(due.cause()).isEqualTo(Cause.SCHEDULE);
        assertThat(due.pending()).isEqualTo(4);
    }

    @Test
    void noRotationBeginsWhileTheVersionBeforeIsAccepted() {
        var hourly = terms(SecretType.Token, new Every(Duration.ofHours(1)));
        var draining =
                LineChange.of(after(Phase.Draining)).drainUntil(NOW.plus(DAY)).done();

        assertThat(next(hourly, draining, seen(3, 4)).phase()).isEqualTo(Phase.Draining);
    }

    @Test
    void whoPublishesItElsewhereIsWaitedForAtEachStep() {
        for (var line : List.of(before(Phase.Staged), after(Phase.Published), after(Phase.Converging))) {
            assertThat(next(TOKEN, line, seen(3, 4)).phase())
                    .as("%s", line.phase())
                    .isNotEqualTo(line.phase());
            assertThat(next(TOKEN, line, seen(3, 4).elsewhere("environment web")))
                    .as("%s", line.phase())
                    .isEqualTo(line);
        }
    }

    @Test
    void theOneBeforeStaysAcceptedUntilItIsOutOfUseElsewhereToo() {
        var drained = LineChange.of(after(Phase.Draining))
                .drainUntil(NOW.minusSeconds(1))
                .done();

        assertThat(next(TOKEN, drained, seen(3, 4)).phase()).isEqualTo(Phase.Retired);
        assertThat(next(TOKEN, drained, seen(3, 4).elsewhere("environment web")).phase())
                .isEqualTo(Phase.Draining);
    }

    @Test
    void aSecondPassMintsTheSameVersionAgain() {
        var due = before(Phase.Due);

        assertThat(decide(TOKEN, due, seen(3)).actions()).containsExactly(new Mint(4, "0123"));
        assertThat(decide(TOKEN, due, seen(3)).line()).isEqualTo(due);
    }

    @Test
    void nobodyUsesItBeforeAllAcceptIt() {
        assertThat(next(TOKEN, before(Phase.Staged), seen(3, 4).acceptorsBehind("api"))
                        .phase())
                .isEqualTo(Phase.Staged);
        assertThat(next(TOKEN, before(Phase.Staged), seen(3, 4).inForce(7, 3)).phase())
                .isEqualTo(Phase.Staged);
        assertThat(next(TOKEN, before(Phase.Staged), seen(3, 4)).phase()).isEqualTo(Phase.Installed);
    }

    @Test
    void whatIsVerifiedBecomesTheCurrentOneAndTheOneBeforeStaysAccepted() {
        var published = next(TOKEN, before(Phase.Verified), seen(3, 4));

        assertThat(published.current()).isEqualTo(4);
        assertThat(published.previous()).isEqualTo(3);
        assertThat(published.accepted()).containsExactly(3, 4);
        assertThat(published.pointer()).isGreaterThan(before(Phase.Verified).pointer());
        assertThat(published.acceptWord()).isEqualTo(before(Phase.Verified).acceptWord());
        assertThat(published.useWord()).isNotEqualTo(stable().useWord());
    }

    @Test
    void theOneBeforeIsAcceptedUntilAllUseTheNewOneAndTheDrainIsOver() {
        assertThat(next(TOKEN, after(Phase.Converging), seen(3, 4).usersBehind("web"))
                        .phase())
                .isEqualTo(Phase.Converging);
        var draining = next(TOKEN, after(Phase.Converging), seen(3, 4));
        assertThat(draining.phase()).isEqualTo(Phase.Draining);
        assertThat(draining.drainUntil()).isEqualTo(NOW.plus(Duration.ofHours(1)));
        assertThat(next(TOKEN, draining, seen(3, 4))).isEqualTo(draining);
        assertThat(next(TOKEN, after(Phase.Draining), seen(3, 4)).accepted()).containsExactly(4);
    }

    @Test
    void whatSomebodyMayStillHaveIsNotDiscarded() {
        var retired = next(TOKEN, after(Phase.Draining), seen(3, 4));

        assertThat(decide(TOKEN, retired, seen(3, 4).acceptorsBehind("api")).actions())
                .isEmpty();
        assertThat(decide(TOKEN, retired, seen(3, 4).inForce(8, 4)).actions()).isEmpty();
        assertThat(decide(TOKEN, retired, seen(3, 4)).actions()).containsExactly(new Discard(3));
        assertThat(next(TOKEN, retired, seen(4)).phase()).isEqualTo(Phase.Stable);
    }

    @Test
    void whatIsStillToBeRevokedIsNotDiscarded() {
        var retired = next(HOOKED, after(Phase.Draining), seen(3, 4));

        assertThat(Rotation.hook(HOOKED, retired, Lines.versions(3, 4))).contains(HookStep.REVOKE);
        assertThat(decide(HOOKED, retired, seen(3, 4)).actions()).isEmpty();
        assertThat(decide(HOOKED, retired, seen(3, 4).hook(HookStep.REVOKE, new HookState.Succeeded()))
                        .actions())
                .containsExactly(new Discard(3));
    }

    @Test
    void whatIsRefusedIsRevokedAndAnotherIsMadeLater() {
        var refused = next(
                HOOKED,
                before(Phase.Installed),
                seen(3, 4).hook(HookStep.VERIFY, new HookState.Rejected("login failed")));

        assertThat(refused.phase()).isEqualTo(Phase.Due);
        assertThat(refused.current()).isEqualTo(3);
        assertThat(refused.message()).isEqualTo("hook verify refused version 4 with login failed");
        assertThat(refused.retryAt()).isAfter(NOW);
        assertThat(Rotation.hook(HOOKED, refused, Lines.versions(3, 4))).isEmpty();

        var later = Rotation.decide(HOOKED, Optional.of(refused), seen(3, 4).of(refused), refused.retryAt())
                .line();
        assertThat(Rotation.hook(HOOKED, later, Lines.versions(3, 4))).contains(HookStep.REVOKE);
        var cleared = next(HOOKED, later, seen(3));
        // Version 5 would belong to the user of version 3, who is in use.
        assertThat(next(HOOKED, cleared, seen(3)).pending()).isEqualTo(6);
    }

    @Test
    void whatDidNotAnswerIsTriedAgainWithTheSameBytes() {
        var again = next(
                HOOKED,
                before(Phase.Staged),
                seen(3, 4).hook(HookStep.INSTALL, new HookState.TimedOut("took too long")));

        assertThat(again.pending()).isEqualTo(4);
        assertThat(again.attempts()).isEqualTo(1);
        assertThat(again.retryAt()).isEqualTo(NOW.plusSeconds(30));
        assertThat(next(HOOKED, again, seen(3, 4).wish(Wish.Kind.Retry)).retryAt())
                .isNull();
    }

    @Test
    void aRollbackGoesBackToWhatIsStillAcceptedAndThenHolds() {
        var back = next(TOKEN, after(Phase.Converging), seen(3, 4).wish(Wish.Kind.Rollback));

        assertThat(back.phase()).isEqualTo(Phase.RollingBack);
        assertThat(back.current()).isEqualTo(3);
        assertThat(back.accepted()).containsExactly(3, 4);
        var draining = next(TOKEN, back, seen(3, 4));
        var retired = Rotation.decide(TOKEN, Optional.of(draining), seen(3, 4).of(draining), NOW.plus(DAY))
                .line();
        assertThat(retired.retiring()).isEqualTo(4);
        assertThat(retired.onHold()).isTrue();
    }

    @Test
    void whatIsRefusedAgainAndAgainCanBeGivenUp() {
        var refused =
                next(HOOKED, before(Phase.Installed), seen(3, 4).hook(HookStep.VERIFY, new HookState.Rejected("no")));

        var back = next(HOOKED, refused, seen(3, 4).wish(Wish.Kind.Rollback));

        assertThat(Rotation.hook(HOOKED, back, Lines.versions(3, 4))).contains(HookStep.REVOKE);
        assertThat(back.current()).isEqualTo(3);
        assertThat(back.retiring()).isEqualTo(4);
        assertThat(back.message()).isEmpty();
        var home = next(HOOKED, back, seen(3));
        assertThat(home.phase()).isEqualTo(Phase.Stable);
        assertThat(home.current()).isEqualTo(3);
        assertThat(home.onHold()).isTrue();
    }

    @Test
    void aFirstVersionThatIsRefusedHasNothingToGoBackTo() {
        var first = LineChange.of(before(Phase.Due)).current(0).pending(0).done();

        assertThat(first.canRollBack()).isFalse();
    }

    @Test
    void whatIsRetiredIsNotComeBackTo() {
        var answered = next(TOKEN, stable(), seen(3).wish(Wish.Kind.Rollback));

        assertThat(answered.consumed()).containsExactly("uid");
        assertThat(answered.current()).isEqualTo(3);
        assertThat(answered.phase()).isEqualTo(Phase.Stable);
    }

    @Test
    void aWishIsTakenOnce() {
        var begun = next(TOKEN, stable(), seen(3).wish(Wish.Kind.Rotate));
        assertThat(begun.cause()).isEqualTo("Operation:uid");

        var done = LineChange.of(stable()).consumes("uid").done();
        assertThat(next(TOKEN, done, seen(3).wish(Wish.Kind.Rotate))).isEqualTo(done);
    }

    @Test
    void aRotateWaitsForTheRotationUnderWay() {
        assertThat(next(
                        TOKEN,
                        before(Phase.Staged),
                        seen(3, 4).acceptorsBehind("api").wish(Wish.Kind.Rotate)))
                .isEqualTo(before(Phase.Staged));
    }

    @Test
    void whatIsCompromisedIsReplacedWithoutWaitingForAnybody() {
        var staged = LineChange.of(before(Phase.Staged))
                .rotation("id", Cause.of(new Wish(Wish.Kind.Compromised, "uid")))
                .done();

        assertThat(next(TOKEN, staged, seen(3, 4).acceptorsBehind("api")).phase())
                .isEqualTo(Phase.Installed);
        var published = next(
                TOKEN,
                LineChange.of(staged).enters(Phase.Verified, NOW).done(),
                seen(3, 4).acceptorsBehind("api"));
        assertThat(published.accepted()).containsExactly(4);
        assertThat(published.retiring()).isEqualTo(3);
    }

    @Test
    void onlyWhatSomebodyWantsGoneIsUrgent() {
        var staged = LineChange.of(before(Phase.Staged));

        assertThat(staged.rotation("id", Cause.of(new Wish(Wish.Kind.Compromised, "uid")))
                        .done()
                        .isUrgent())
                .isTrue();
        assertThat(staged.rotation("id", Cause.of(new Wish(Wish.Kind.Rotate, "uid")))
                        .done()
                        .isUrgent())
                .isFalse();
        assertThat(staged.rotation("id", Cause.LOSS).done().isUrgent())
                .as("thousands may be lost together")
                .isFalse();
    }

    @Test
    void aHoldKeepsItWhereItIs() {
        var held = next(TOKEN, before(Phase.Verified), seen(3, 4).wish(Wish.Kind.Hold));

        assertThat(next(TOKEN, held, seen(3, 4))).isEqualTo(held);
        assertThat(next(TOKEN, LineChange.of(after(Phase.Draining)).onHold(true).done(), seen(3, 4))
                        .phase())
                .isEqualTo(Phase.Draining);
    }

    @Test
    void aPausedEnvironmentDecidesNothing() {
        assertThat(next(TOKEN, before(Phase.Verified), seen(3, 4).paused())).isEqualTo(before(Phase.Verified));
    }

    @Test
    void anotherRecipeMakesItDue() {
        assertThat(next(Lines.madeFrom("longer"), stable(), seen(3)).cause()).isEqualTo(Cause.RECIPE);
    }

    @Test
    void aChangedSourceDoesNotWaitForTheOneBefore() {
        var superseded = next(
                STATIC, after(Phase.Converging), seen(3, 4).source("changed").usersBehind("web"));

        assertThat(superseded.cause()).isEqualTo(Cause.SOURCE);
        assertThat(superseded.pending()).isEqualTo(5);
        assertThat(superseded.current()).isEqualTo(4);
    }

    @Test
    void aSourceThatIsGoneChangesNothing() {
        assertThat(next(STATIC, stable(), seen(3).source(""))).isEqualTo(stable());
        assertThat(decide(STATIC, before(Phase.Due), seen(3).source("")).actions())
                .isEmpty();
    }

    @Test
    void aLeafFollowsItsCa() {
        assertThat(next(TLS, stable(), seen(3).issuer(1, true))).isEqualTo(stable());
        assertThat(next(TLS, stable(), seen(3).issuer(2, true)).cause()).isEqualTo(Cause.ISSUER);
        assertThat(decide(TLS, before(Phase.Due), seen(3).issuer(0, true)).actions())
                .isEmpty();
    }

    @Test
    void aCaSignsWhenAllTrustItAndGoesWhenNothingIsSignedByIt() {
        var both = terms(SecretType.CA, new Timing.Never());

        assertThat(next(both, before(Phase.Staged), seen(3, 4).acceptorsBehind("api"))
                        .phase())
                .isEqualTo(Phase.Staged);
        assertThat(next(both, after(Phase.Converging), seen(3, 4).leavesBehind())
                        .phase())
                .isEqualTo(Phase.Converging);
        assertThat(next(both, after(Phase.Draining), seen(3, 4).leavesBehind()).phase())
                .isEqualTo(Phase.Draining);
    }

    @Test
    void whatIsAboutToExpireWaitsForNoWindow() {
        var closed = terms(
                SecretType.TLS,
                new Timing.Never(),
                new Timing.Window("0 0 1 1 *", Duration.ofHours(1), ZoneOffset.UTC));
        var life = Duration.ofDays(100);

        assertThat(next(closed, stable(), seen(3).with(aged(life, 70))).phase()).isEqualTo(Phase.Stable);
        assertThat(next(closed, stable(), seen(3).with(aged(life, 84))).cause()).isEqualTo(Cause.EXPIRY);
    }

    private static VersionFacts aged(Duration life, int days) {
        var made = NOW.minus(DAY.multipliedBy(days));
        return Lines.certificate(3, made, made.plus(life));
    }

    private static Decision decide(Terms terms, Line line, Seen seen) {
        return Rotation.decide(terms, Optional.of(noted(terms, line)), seen.of(line), NOW);
    }

    private static Line next(Terms terms, Line line, Seen seen) {
        return LineChange.of(decide(terms, line, seen).line()).next(line.next()).done();
    }

    /** The line with its next time, as the journal has it. */
    private static Line noted(Terms terms, Line line) {
        return line.next() != null ? line : Agenda.noted(new Matter(terms, line, seen(3).of(line), NOW), line);
    }
}
