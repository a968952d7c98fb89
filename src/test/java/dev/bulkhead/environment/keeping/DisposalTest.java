package dev.bulkhead.environment.keeping;

import static dev.bulkhead.environment.keeping.Shelves.STAGING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.Consent;
import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.Parallel;
import dev.bulkhead.apply.SameThread;
import dev.bulkhead.apply.WriteRate;
import dev.bulkhead.cluster.OperatorAccount;
import dev.bulkhead.kube.MockCluster;
import dev.bulkhead.secrets.material.Minted;
import dev.bulkhead.secrets.report.Lines;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.vault.Journal;
import dev.bulkhead.secrets.vault.PublishedValues;
import dev.bulkhead.secrets.vault.Vault;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values go with what declared them only where that was asked for, and only when it is sure that it is gone. */
class DisposalTest {

    private final MockCluster cluster = new MockCluster();
    private final Vault vault = new Vault(cluster.client(), "hub-1", OperatorAccount.NONE);
    private final Disposal disposal = new Disposal(vault);

    @BeforeEach
    void twoEntriesOfWhichOneMayGo() {
        vault.store(new Journal(
                STAGING,
                new TreeMap<>(Map.of("db", line(), "token", line())),
                new TreeMap<>(),
                new TreeSet<>(List.of("db")),
                ""));
        for (var entry : List.of("db", "token")) {
            vault.put(STAGING, entry, 1, entry + "-first", "", () -> minted());
            vault.put(STAGING, entry, 2, entry + "-second", "", () -> minted());
        }
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void whatMayGoAndIsGoneGoesWithAllItsVersions() {
        disposal.of(STAGING, _ -> true, () -> true);

        var left = fresh().open(STAGING);
        assertThat(left.versions()).containsOnlyKeys("token");
        assertThat(left.journal().lines()).containsOnlyKeys("token");
        assertThat(left.journal().disposable()).isEmpty();
    }

    @Test
    void whatIsDeclaredStays() {
        disposal.of(STAGING, entry -> !entry.equals("db"), () -> true);

        assertThat(fresh().open(STAGING).versions()).containsOnlyKeys("db", "token");
    }

    @Test
    void nothingGoesWhileItMayOnlyBeLate() {
        disposal.of(STAGING, _ -> true, () -> false);

        assertThat(fresh().open(STAGING).versions()).containsOnlyKeys("db", "token");
    }

    @Test
    void afterACrashInBetweenItIsGoneOnWith() {
        var journal = vault.open(STAGING).journal();
        vault.store(journal.withLines(new TreeMap<>(Map.of("token", line()))));
        vault.discard(STAGING, "db", 1);

        new Disposal(fresh()).of(STAGING, _ -> true, () -> true);

        assertThat(fresh().open(STAGING).versions()).containsOnlyKeys("token");
        assertThat(fresh().open(STAGING).journal().disposable()).isEmpty();
    }

    @Test
    void anEnvironmentThatEndsLeavesWhatIsToBeKept() {
        disposal.end(STAGING);

        assertThat(fresh().open(STAGING).versions()).containsOnlyKeys("token");
        assertThat(fresh().open(STAGING).journal().lines()).containsOnlyKeys("token");
    }

    @Test
    void anEnvironmentOfWhichNothingIsToBeKeptLeavesNoJournal() {
        vault.store(vault.open(STAGING).journal().withDisposable(new TreeSet<>(List.of("db", "token"))));

        disposal.end(STAGING);

        assertThat(fresh().open(STAGING).versions()).isEmpty();
        assertThat(cluster.client().configMaps().inAnyNamespace().list().getItems())
                .isEmpty();
    }

    @Test
    void whatWentWhileNobodyWasThereGoesAtTheFirstLook() {
        keeper().dispose(STAGING, _ -> true, Consent.NONE);

        assertThat(fresh().open(STAGING).versions()).containsOnlyKeys("token");
    }

    @Test
    void atTheFirstLookNothingGoesThatMayOnlyBeLate() {
        var keeper = keeper();
        keeper.dispose(STAGING, _ -> true, Consent.NONE.settledAt(Instant.MAX));
        assertThat(fresh().open(STAGING).versions()).containsOnlyKeys("db", "token");

        keeper.dispose(STAGING, _ -> true, Consent.NONE);
        assertThat(fresh().open(STAGING).versions()).containsOnlyKeys("token");
    }

    private Keeper keeper() {
        var vault = fresh();
        var clock = Clock.systemUTC();
        var originals = new Originals(new PublishedValues(cluster.client()), new Digest("a key".getBytes(UTF_8)));
        return new Keeper(
                "hub-1",
                vault,
                new Minting(vault, originals, new SecureRandom(), new Parallel(new SameThread()), clock),
                WriteRate.unbounded(),
                new ClaimBoard(_ -> {}),
                clock);
    }

    private Vault fresh() {
        return new Vault(cluster.client(), "hub-1", OperatorAccount.NONE);
    }

    private static Line line() {
        return Lines.stable().current(2).previous(1).line();
    }

    private static Minted minted() {
        return new Minted(Map.of("value", "canary".getBytes(UTF_8)), null, null, 0);
    }
}
