package dev.bulkhead.secrets.rotation;

import static dev.bulkhead.secrets.rotation.Lines.NOW;
import static dev.bulkhead.secrets.rotation.Lines.TOKEN;
import static dev.bulkhead.secrets.rotation.Lines.after;
import static dev.bulkhead.secrets.rotation.Lines.before;
import static dev.bulkhead.secrets.rotation.Lines.seen;
import static dev.bulkhead.secrets.rotation.Lines.stable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.secrets.rotation.Lines.Seen;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Journals and versions that are gone, or came back from a backup. */
class LossTest {

    private static final Terms REGENERATING = Lines.regenerating(TOKEN);

    @Test
    void withoutAJournalWhatTheTargetShowsIsTheCurrentOne() {
        var line = without(seen(3, 4).inForce(12, 4));

        assertThat(line.current()).isEqualTo(4);
        assertThat(line.accepted()).containsExactly(3, 4);
        assertThat(line.pointer()).isGreaterThan(12);
        assertThat(line.phase()).isEqualTo(Phase.Converging);
    }

    @Test
    void withoutAJournalWhatStandsBesideItStaysAcceptedUntilNobodyUsesIt() {
        var line = without(seen(3, 4).inForce(12, 3));

        assertThat(line.current()).isEqualTo(3);
        assertThat(line.accepted()).containsExactly(3, 4);
        assertThat(line.canRollBack()).isFalse();
    }

    @Test
    void withoutAJournalAndATargetAHookIsAskedAgain() {
        var hooked = Lines.withHooks(TOKEN);
        var line = Rotation.decide(
                        hooked, Optional.empty(), seen(3).inForce(-1, 0).of(stable()), NOW)
                .line();

        assertThat(line.current()).isZero();
        assertThat(line.pending()).isEqualTo(3);
        assertThat(next(hooked, line, seen(3).inForce(-1, 0)).phase()).isEqualTo(Phase.Staged);
    }

    @Test
    void withoutAJournalAndATargetTheLowestIsTheOneThatAllAccept() {
        assertThat(without(seen(3, 4).inForce(-1, 0)).current()).isEqualTo(3);
    }

    @Test
    void withoutAJournalNoOrdinalIsGivenTwice() {
        assertThat(without(seen(3, 4).inForce(12, 4)).highest()).isGreaterThan(100);
    }

    @Test
    void whatTheTargetShowsAndNobodyHasAnyMoreIsNotMadeAnew() {
        var line = next(TOKEN, without(seen().inForce(12, 4)), seen().inForce(12, 4));

        assertThat(line.phase()).isEqualTo(Phase.Lost);
        assertThat(line.message()).contains("version 4").contains("escrow").contains("Rotate");
        assertThat(next(TOKEN, line, seen().inForce(12, 4))).isEqualTo(line);
    }

    @Test
    void whatWasLostAndComesBackGoesOn() {
        var lost = next(TOKEN, after(Phase.Draining), seen(3));

        assertThat(lost.phase()).isEqualTo(Phase.Lost);
        assertThat(next(TOKEN, lost, seen(3, 4)).phase()).isEqualTo(Phase.Converging);
    }

    @Test
    void whatIsLostIsMadeAnewWhenSomebodySaysSo() {
        var lost = next(TOKEN, stable(), seen());
        var anew = next(TOKEN, lost, seen().wish(Wish.Kind.Rotate));

        assertThat(anew.phase()).isEqualTo(Phase.Due);
        assertThat(anew.pending()).isEqualTo(4);
        assertThat(next(TOKEN, anew, seen(4)).phase()).isEqualTo(Phase.Staged);
    }

    @Test
    void whatReplacedALostOneCanBeLostAsWell() {
        var anew = LineChange.of(stable()).rotation("id", Cause.LOSS).done();

        assertThat(next(TOKEN, anew, seen()).phase()).isEqualTo(Phase.Lost);
    }

    @Test
    void whatIsLostIsMadeAnewWhenTheScopeSaysSo() {
        var anew = next(REGENERATING, stable(), seen());

        assertThat(anew.cause()).isEqualTo(Cause.LOSS);
        assertThat(anew.phase()).isEqualTo(Phase.Due);
    }

    @Test
    void aPreviousVersionThatIsLostIsLetGoOnlyWhenTheScopeSaysSo() {
        assertThat(next(TOKEN, after(Phase.Draining), seen(4)).phase()).isEqualTo(Phase.Lost);
        assertThat(next(REGENERATING, after(Phase.Draining), seen(4)).accepted())
                .containsExactly(4);
    }

    @Test
    void aPendingVersionThatIsLostIsMadeUnderAnotherOrdinal() {
        var due = next(TOKEN, before(Phase.Staged), seen(3));

        assertThat(due.phase()).isEqualTo(Phase.Due);
        assertThat(next(TOKEN, due, seen(3)).pending()).isEqualTo(5);
    }

    @Test
    void anOldJournalFollowsWhatTheTargetShows() {
        var line = next(TOKEN, stable(), seen(3, 4).inForce(12, 4));

        assertThat(line.current()).isEqualTo(4);
        assertThat(line.pointer()).isGreaterThan(12);
        assertThat(line.anchor()).isEqualTo(stable().anchor());
    }

    @Test
    void anOldJournalLetsNobodyDownWhoUsesWhatItDoesNotKnowOf() {
        var line = next(TOKEN, stable(), seen(3, 4).inForce(12, 3));

        assertThat(line.accepted()).containsExactly(3, 4);
        assertThat(line.phase()).isEqualTo(Phase.Converging);
    }

    @Test
    void anOldJournalWaitsAgainForThoseWhoHaveToAccept() {
        var line = next(TOKEN, before(Phase.Verified), seen(3, 4).inForce(12, 3));

        assertThat(line.phase()).isEqualTo(Phase.Converging);
        assertThat(line.current()).isEqualTo(3);
    }

    @Test
    void whatAnOldJournalHadBegunForAnOperationIsBegunAgain() {
        var begun = next(TOKEN, stable(), seen(3).wish(Wish.Kind.Compromised));
        var back = next(TOKEN, begun, seen(3, 4).inForce(12, 3).wish(Wish.Kind.Compromised));

        assertThat(begun.consumed()).containsExactly("uid");
        assertThat(back.phase()).isEqualTo(Phase.Converging);
        assertThat(next(TOKEN, back, seen(3, 4).wish(Wish.Kind.Compromised)).phase())
                .isEqualTo(Phase.Due);
    }

    @Test
    void anOldJournalGivesNoPointerThatWasGiven() {
        assertThat(next(TOKEN, stable(), seen(3).inForce(12, 3)).pointer()).isGreaterThan(NOW.getEpochSecond());
    }

    @Test
    void whatShouldReplaceALostOneAndIsRefusedGoesToo() {
        var refused = LineChange.of(stable())
                .rotation("id", Cause.LOSS)
                .highest(4)
                .enters(Phase.Due, NOW)
                .retiring(4)
                .done();

        var decision = Rotation.decide(
                TOKEN, Optional.of(refused), seen(4).inForce(-1, 0).of(refused), NOW);

        assertThat(decision.actions()).containsExactly(new Action.Discard(4));
    }

    /** Names of immutable Secrets must not come again (kubernetes#131589): each has the id of its rotation in it. */
    @Test
    void whatIsDeletedAndDeclaredAgainHasANameOfItsOwn() {
        var nothing = seen().inForce(-1, 0).of(stable());
        var first = Rotation.decide(TOKEN, Optional.empty(), nothing, NOW).line();
        var again = Rotation.decide(TOKEN, Optional.empty(), nothing, NOW.plusSeconds(1))
                .line();

        assertThat(again.pending()).isEqualTo(first.pending());
        assertThat(again.rotationId()).isNotEqualTo(first.rotationId());
    }

    @Test
    void whatWasLeftOnTheWayGoesBeforeAnotherIsMade() {
        var line = next(TOKEN, stable(), seen(2, 3).wish(Wish.Kind.Rotate));

        assertThat(line.phase()).isEqualTo(Phase.Retired);
        assertThat(line.retiring()).isEqualTo(2);
    }

    @Test
    void anOldJournalGivesNoOrdinalThatTheVaultHolds() {
        assertThat(next(TOKEN, stable(), seen(3, 5)).highest()).isEqualTo(5);
    }

    /** A hub that comes from a backup takes for due what was rotated since. Its target may show that version already. */
    @Test
    void nothingIsMadeBeforeItIsKnownWhatTheTargetShows() {
        var due = next(TOKEN, stable(), seen(3).inForce(-1, 3).wish(Wish.Kind.Rotate));

        assertThat(due.pending()).isEqualTo(4);
        assertThat(actions(due, seen(3).inForce(-1, 3))).isEmpty();
        assertThat(actions(due, seen(3).inForce(due.pointer(), 3)))
                .containsExactly(new Action.Mint(4, due.rotationId()));
        assertThat(next(TOKEN, due, seen(3).inForce(12, 4)).current()).isEqualTo(4);
    }

    @Test
    void whatReplacesALostOneIsMadeAtOnceAsNothingOfItCanBePublishedBefore() {
        var anew = next(REGENERATING, stable(), seen().inForce(-1, 3));

        assertThat(actions(anew, seen().inForce(-1, 3))).hasSize(1);
    }

    private static List<Action> actions(Line line, Seen seen) {
        return Rotation.decide(TOKEN, Optional.of(line), seen.of(line), NOW).actions();
    }

    private static Line without(Seen seen) {
        return Rotation.decide(TOKEN, Optional.empty(), seen.of(stable()), NOW).line();
    }

    private static Line next(Terms terms, Line line, Seen seen) {
        return Rotation.decide(terms, Optional.of(line), seen.of(line), NOW).line();
    }
}
