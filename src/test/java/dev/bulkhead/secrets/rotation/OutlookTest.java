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
import dev.bulkhead.secrets.rotation.Lines.Seen;
import dev.bulkhead.secrets.rotation.Timing.Every;
import dev.bulkhead.secrets.rotation.Timing.Window;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class OutlookTest {

    private static final Window SUNDAYS = new Window("0 2 * * 0", Duration.ofHours(4), ZoneOffset.UTC);

    @Test
    void whatIsStableIsNotHeldAndWaitsForNothing() {
        assertThat(outlook(TOKEN, stable(), seen(3))).isEqualTo(new Outlook("", ""));
    }

    @Test
    void whatWaitsForAWindowSaysWhenItOpens() {
        var due = terms(SecretType.Token, new Every(DAY.multipliedBy(9)), SUNDAYS);

        // It is Sunday, and the window of today is over.
        assertThat(outlook(due, stable(), seen(3)).held())
                .startsWith("a rotation is due, and begins in the next window, at 2026-11-29T0");
    }

    @Test
    void whatWaitsForAWindowThatNeverOpensSaysSo() {
        var never = terms(
                SecretType.Token,
                new Every(DAY.multipliedBy(9)),
                new Window("0 0 31 2 *", Duration.ofHours(4), ZoneOffset.UTC));

        assertThat(outlook(never, stable(), seen(3)).held()).contains("no window opens any more", "spec.windows");
    }

    @Test
    void aHoldSaysHowItEnds() {
        assertThat(outlook(TOKEN, LineChange.of(stable()).onHold(true).done(), seen(3))
                        .held())
                .contains("Operation Resume");
    }

    @Test
    void aLeafSaysThatItsCaIsMissing() {
        var leaf = terms(SecretType.TLS, new Timing.Never());

        assertThat(outlook(leaf, before(Phase.Due), seen(3).issuer(0, true)).held())
                .contains("CA");
    }

    @Test
    void whoIsWaitedForIsNamed() {
        assertThat(outlook(TOKEN, before(Phase.Staged), seen(3, 4).acceptorsBehind("web", "api"))
                        .waitsFor())
                .isEqualTo("the pods of api, web, started before, to accept it");
        assertThat(outlook(TOKEN, after(Phase.Converging), seen(3, 4).usersBehind("web"))
                        .waitsFor())
                .contains("web");
        assertThat(outlook(TOKEN, after(Phase.Converging), seen(3, 4).leavesBehind())
                        .waitsFor())
                .contains("certificates");
        assertThat(outlook(Lines.withHooks(TOKEN), before(Phase.Staged), seen(3, 4))
                        .waitsFor())
                .isEqualTo("hook install to end");
        assertThat(outlook(
                                Lines.withHooks(TOKEN),
                                before(Phase.Staged),
                                seen(3, 4).hook(HookStep.INSTALL, new HookState.Running("Job web/db-install")))
                        .waitsFor())
                .isEqualTo("hook install to end, which is Job web/db-install");
        assertThat(outlook(TOKEN, before(Phase.Staged), seen(3, 4).inForce(2, 3))
                        .waitsFor())
                .isEqualTo("the target to show it");
        assertThat(outlook(TOKEN, before(Phase.Staged), seen(3, 4).elsewhere("environment web"))
                        .waitsFor())
                .isEqualTo("environment web to show it");
    }

    @Test
    void aDrainSaysUntilWhen() {
        var draining = LineChange.of(after(Phase.Draining))
                .drainUntil(NOW.plus(DAY).plusNanos(7))
                .done();

        assertThat(outlook(TOKEN, draining, seen(3, 4)).waitsFor())
                .isEqualTo("2026-11-23T12:00:00Z: until then version 3 is accepted");
    }

    private static Outlook outlook(Terms terms, Line line, Seen seen) {
        return Outlook.of(terms, line, seen.of(line), NOW);
    }
}
