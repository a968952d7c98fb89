package dev.bulkhead.secrets.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bulkhead.api.v1alpha1.SecretConsumer;
import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.secrets.rotation.Observed;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.rotation.Terms;
import dev.bulkhead.secrets.rotation.Timing;
import dev.bulkhead.secrets.rotation.Trust;
import dev.bulkhead.secrets.rotation.VersionFacts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EntryReportTest {

    private static final VersionFacts FACTS = new VersionFacts(
            5, "staging.web.v5", "bbbb", "r", Lines.NOW, Lines.NOW, Lines.NOW.plus(Duration.ofDays(90)), 1);

    private static final Terms TERMS = new Terms(
            "hub/shop/staging/web",
            "web",
            SecretType.Password,
            "r",
            new Timing(new Timing.Never(), 0, List.of(), 66),
            Duration.ofHours(1),
            false,
            false,
            Trust.NO_CA,
            false,
            false,
            false,
            false);

    private static final Observed OBSERVED = new Observed(
            Map.of(), 7, 5, Set.of("db"), Set.of("web"), Set.of(), Map.of(), List.of(), 0, true, true, "", false);

    @Test
    void theStatusSaysWhereTheEntryIs() {
        var status = report(Lines.draining(), "").status();

        assertThat(status.phase()).isEqualTo("Draining");
        assertThat(status.version()).isEqualTo("5");
        assertThat(status.previous()).isEqualTo("4");
        assertThat(status.rotationId()).isEqualTo("bbbb");
        assertThat(status.cause()).isEqualTo("Schedule");
        assertThat(status.lastRotation()).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(status.nextRotation()).isEqualTo("2026-11-22T13:00:00Z");
        assertThat(status.drainUntil()).isEqualTo("2026-11-22T13:00:00Z");
        assertThat(status.expires()).isEqualTo("2027-02-20T12:00:00Z");
        assertThat(status.message()).isNull();
    }

    @Test
    void whatHasNoVersionYetShowsNone() {
        var status = report(Lines.in(Phase.Due).neverPublished().pending(1), "").status();

        assertThat(status.phase()).isEqualTo("Due");
        assertThat(status.version()).isNull();
        assertThat(status.previous()).isNull();
        assertThat(status.expires()).isNull();
    }

    @Test
    void aFailureShowsWithWhatBecomesOfIt() {
        var report = report(Lines.staged().failed(1, "hook install didn't end in time"), "");

        assertThat(report.status().phase()).isEqualTo("Failed");
        assertThat(report.status().version()).isEqualTo("4");
        assertThat(report.status().message())
                .isEqualTo("Staged: failed once, and is tried again at 2026-11-22T13:00:00Z: hook install didn't end in"
                        + " time");
    }

    @Test
    void whatIsTriedAgainSaysWhatForItWaits() {
        var tried = of(Lines.in(Phase.Converging).current(5).previous(4).says("hook verify said not now"), "");

        assertThat(tried.status().message())
                .isEqualTo(
                        "Converging: failed once, and is being tried again: hook verify said not now. Now it waits for"
                                + " the pods of web, started before, to use it");
    }

    @Test
    void whatFailedAndIsOnHoldIsNotSaidToBeTriedAgain() {
        assertThat(report(Lines.staged().failed(2, "hook install said no").onHold(), "")
                        .status()
                        .message())
                .isEqualTo("Staged: failed 2 times, and is on hold until an Operation Resume: hook install said no");
    }

    @Test
    void whatWaitsForAWindowIsHeldAndSaysForWhich() {
        var status =
                report(Lines.stable(), "due; the next window opens on Sunday").status();

        assertThat(status.phase()).isEqualTo("Held");
        assertThat(status.message()).isEqualTo("Stable: due; the next window opens on Sunday");
    }

    @Test
    void whatSomebodyHoldsSaysHowThatEnds() {
        var status = of(Lines.staged().onHold(), "").status();

        assertThat(status.phase()).isEqualTo("Held");
        assertThat(status.message()).isEqualTo("Staged: it is on hold; an Operation Resume ends that");
    }

    @Test
    void whatKeepsAVersionFromBeingMadeIsSaid() {
        var status =
                of(Lines.in(Phase.Due).pending(5), "the vault can't be written").status();

        assertThat(status.phase()).isEqualTo("Held");
        assertThat(status.message()).isEqualTo("Due: the vault can't be written");
    }

    @Test
    void whatAPhaseWaitsForIsSaidWhileItWaits() {
        var status = of(Lines.in(Phase.Converging).current(5).previous(4), "").status();

        assertThat(status.phase()).isEqualTo("Converging");
        assertThat(status.message()).isEqualTo("waits for the pods of web, started before, to use it");
    }

    @Test
    void whatIsLostIsSaidBeforeAnythingElse() {
        var status = report(Lines.in(Phase.Lost).onHold().says("version 4 isn't in the vault any more"), "")
                .status();

        assertThat(status.phase()).isEqualTo("Lost");
        assertThat(status.message()).isEqualTo("version 4 isn't in the vault any more");
    }

    @Test
    void consumersAreBehindUntilAllTheirPodsHaveWhatIsPublished() {
        assertThat(of(Lines.draining(), "").status().consumers())
                .extracting(SecretConsumer::workload, SecretConsumer::state)
                .containsExactly(tuple("api", "Current"), tuple("db", "Behind"), tuple("web", "Behind"));
    }

    private static EntryReport of(Lines line, String problem) {
        return EntryReport.of(TERMS, line.line(), OBSERVED, Set.of("web", "db", "api"), problem, Lines.NOW);
    }

    private static EntryReport report(Lines line, String held) {
        return new EntryReport("web", SecretType.TLS, line.line(), Map.of(5, FACTS), held, "", List.of());
    }
}
