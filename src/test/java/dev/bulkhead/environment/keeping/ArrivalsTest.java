package dev.bulkhead.environment.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.environment.Blueprint.BroughtSecret;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.environment.pillar.SecretWord;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.vault.Arrival;
import dev.bulkhead.secrets.vault.Journal;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who uses what another operator brings starts anew when it brings something else, and only then. */
class ArrivalsTest {

    private static final String WEB = "shop-staging-web";
    private static final Ref MAIL = new Ref(Kind.SECRET, WEB, "mail");
    private static final SecretScope SCOPE = Serialization.unmarshal("""
            apiVersion: bulkhead.dev/v1alpha1
            kind: SecretScope
            metadata: {name: staging, namespace: shop}
            spec:
              environmentRef: {name: staging}
              restarts: {maxConcurrent: 1}
              entries:
              - {name: api, type: Token}
              - {name: mail, type: External, external: {store: {name: team}, data: [{name: password, remoteKey: mail}]}}
            """, SecretScope.class);
    private static final WorkloadSlice SENDER = ConsumersTest.workload(
            "sender",
            "env: [{name: TOKEN, secretRef: {entry: api}}, {name: MAIL, secretRef: {entry: mail, key: password}}]");
    private static final WorkloadSlice READER =
            ConsumersTest.workload("reader", "secrets: [{entry: mail, path: /mail}]");
    private static final List<WorkloadSlice> WORKLOADS = List.of(READER, SENDER);

    private final Entries entries = Entries.of(List.of(SCOPE));
    private final SeenTarget target = new SeenTarget();
    private final Shelves shelves = new Shelves().with("api", Phase.Stable, 1, 0, 0);
    private Journal journal = Journal.empty(Shelves.STAGING);

    @Test
    void theFirstValueRestartsNobodyWhoWasStartedWithIt() {
        var before = words();

        brings(Map.of("password", "h1"));

        assertThat(words()).isEqualTo(before);
    }

    @Test
    void anotherValueRestartsWhoUsesItAndTheSameDoesNot() {
        brings(Map.of("password", "h1"));
        var before = words();

        brings(Map.of("password", "h1"));
        assertThat(words()).isEqualTo(before);

        brings(Map.of("password", "h2"));
        assertThat(words()).doesNotContainAnyElementsOf(before);
    }

    @Test
    void aKeyThatIsNotUsedRestartsNobodyWhoNamesHisKeys() {
        brings(Map.of("password", "h1", "user", "u1"));
        var before = word(SENDER);

        brings(Map.of("password", "h1", "user", "u2"));

        assertThat(word(SENDER)).isEqualTo(before);
        assertThat(word(READER)).isNotEmpty();
    }

    @Test
    void aSecretThatIsAwayForAMomentRestartsNobody() {
        brings(Map.of("password", "h1"));
        brings(Map.of("password", "h2"));
        var before = words();

        target.takesAway(MAIL);
        journal = journal.withArrivals(seen());
        assertThat(words()).isEqualTo(before);

        brings(Map.of("password", "h2"));
        assertThat(words()).isEqualTo(before);
    }

    @Test
    void aKeyThatComesLaterIsAFirstValueToo() {
        brings(Map.of("password", "h1"));
        var before = words();

        brings(Map.of("password", "h1", "user", "u1"));

        assertThat(words()).isEqualTo(before);
    }

    @Test
    void aRotationDoesNotWaitForWhatOthersBring() {
        brings(Map.of("password", "h1"));
        everybodyIsCurrent();

        brings(Map.of("password", "h2"));

        assertThat(consumers().usersBehind(entries.kept().get("api"))).isEmpty();
        assertThat(consumers().behindWithBrought()).containsExactlyInAnyOrder("reader", "sender");
        assertThat(consumers().ofBrought("mail")).containsExactly("reader", "sender");
    }

    @Test
    void whoUsesItRestartsInTurn() {
        brings(Map.of("password", "h1"));
        everybodyIsCurrent();
        var before = word(SENDER);

        brings(Map.of("password", "h2"));
        var first = consumers().letThrough(Set.of("api"), entries.atOnce());
        assertThat(first).containsEntry("reader", word(READER)).containsEntry("sender", before);

        first.forEach(shelves::atWord);
        target.runs("reader", word(READER));
        assertThat(consumers().letThrough(Set.of("api"), entries.atOnce())).containsEntry("sender", word(SENDER));
    }

    @Test
    void whatIsMadeHereAndWhatOthersBringIsOneRestart() {
        brings(Map.of("password", "h1"));
        everybodyIsCurrent();
        var before = word(SENDER);

        shelves.with("api", Phase.Published, 2, 1, 0);
        brings(Map.of("password", "h2"));

        assertThat(consumers().letThrough(Set.of(), 9)).containsEntry("sender", before);
        assertThat(consumers().letThrough(Set.of("api"), 9)).containsEntry("sender", word(SENDER));
        assertThat(consumers().usersBehind(entries.kept().get("api"))).containsExactly("sender");
    }

    private void brings(Map<String, String> hashes) {
        target.brings(MAIL, hashes);
        journal = journal.withArrivals(seen());
    }

    private TreeMap<String, Arrival> seen() {
        return new TreeMap<>(Arrivals.seen(journal, List.of(WEB), Set.of("mail"), target));
    }

    private void everybodyIsCurrent() {
        WORKLOADS.forEach(workload -> {
            shelves.atWord(workload.name(), word(workload));
            target.runs(workload.name(), word(workload));
        });
    }

    private List<String> words() {
        return Stream.of(READER, SENDER).map(this::word).toList();
    }

    private String word(WorkloadSlice workload) {
        var mail = new BroughtSecret("staging", SCOPE.getSpec().entries().getLast(), Map.of());
        return SecretWord.of(
                workload, new Materials(entries, shelves.shelf()).all(), Arrivals.of(Map.of("mail", mail), journal));
    }

    private Consumers consumers() {
        return new Consumers(
                WORKLOADS,
                new Usage(WORKLOADS, entries),
                this::word,
                shelves.shelf().journal().restarts(),
                target);
    }
}
