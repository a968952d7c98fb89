package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.SecretEntryStatus;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.environment.keeping.Entries;
import dev.bulkhead.environment.keeping.Kept;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.vault.Journal;
import dev.bulkhead.secrets.vault.Shelf;
import dev.bulkhead.status.Reason;
import dev.bulkhead.status.Standing;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SecretStandingTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final EnvironmentId STAGING = new EnvironmentId("shop", "staging");
    private static final Origin SECRETS = Origin.secretScope("secrets");

    @Test
    void aScopeTellsOfItsOwnEntriesAndOfNoOthers() {
        var kept = kept(line(Phase.Draining, 5, 4, ""));

        assertThat(entries(SECRETS, kept)).containsOnlyKeys("db");
        assertThat(entries(SECRETS, kept).get("db").version()).isEqualTo("5");
        assertThat(entries(Origin.secretScope("others"), kept)).isEmpty();
        assertThat(entries(Origin.workload("secrets"), kept)).isEmpty();
    }

    @Test
    void whatIsHeldWithItsEnvironmentSaysSoAndKeepsItsVersion() {
        var entry = entries(SECRETS, kept(line(Phase.Stable, 5, 0, ""))).get("db");

        assertThat(entry.phase()).isEqualTo("Held");
        assertThat(entry.version()).isEqualTo("5");
        assertThat(entry.message()).contains("Set spec.reconcile to Apply");
    }

    @Test
    void whatIsLostStallsItsScope() {
        assertThat(standing(line(Phase.Lost, 5, 0, "version 5 isn't in the vault any more")))
                .contains(new Standing.Stalled(Reason.SecretLost, "entry db: version 5 isn't in the vault any more"));
    }

    @Test
    void aRotationThatFailsSaysWhichStep() {
        assertThat(standing(line(Phase.Staged, 5, 0, "hook install didn't end in time")))
                .contains(new Standing.Stalled(
                        Reason.RotationFailed,
                        "entry db: Staged: failed once, and is being tried again: hook install didn't end in time"));
    }

    @Test
    void whatHasNoVersionYetIsWaitedFor() {
        assertThat(standing(line(Phase.Due, 0, 0, "")))
                .contains(new Standing.Reconciling(
                        Reason.WaitingForSecret, "The first values of these entries are being made: db"));
    }

    @Test
    void whatIsOnItsWayIsInOrder() {
        assertThat(standing(line(Phase.Draining, 5, 4, ""))).isEmpty();
    }

    private static Optional<Standing> standing(Line line) {
        return SecretStanding.of(PassWorld.keeping(kept(line)), SECRETS);
    }

    private static Map<String, SecretEntryStatus> entries(Origin origin, Kept kept) {
        return SecretStanding.statuses(PassWorld.live().draft().blueprint(), origin, kept);
    }

    private static Kept kept(Line line) {
        var scope = Serialization.unmarshal("""
                metadata: {name: secrets, namespace: shop}
                spec: {environmentRef: {name: staging}, entries: [{name: db, type: Password}]}
                """, SecretScope.class);
        var journal = Journal.empty(STAGING).withLines(new TreeMap<>(Map.of("db", line)));
        return Kept.held(Entries.of(List.of(scope)), new Shelf(journal, Map.of()));
    }

    private static Line line(Phase phase, int current, int previous, String message) {
        return new Line(
                current,
                previous,
                0,
                0,
                5,
                1,
                1,
                1,
                "aaaa",
                "Schedule",
                phase,
                NOW,
                NOW,
                NOW,
                null,
                null,
                message.isEmpty() ? 0 : 1,
                null,
                message,
                false,
                List.of(),
                "");
    }
}
