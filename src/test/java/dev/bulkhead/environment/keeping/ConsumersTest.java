package dev.bulkhead.environment.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.environment.pillar.SecretWord;
import dev.bulkhead.secrets.rotation.Phase;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who has what is published is told by the pods; and who restarts waits for its turn. */
class ConsumersTest {

    private static final Set<String> ALL_SETTLED = Set.of("api", "signer", "ca", "leaf");

    private static final WorkloadSlice CLIENT = workload("client", "env: [{name: TOKEN, secretRef: {entry: api}}]");
    private static final WorkloadSlice SERVER =
            workload("server", "env: [{name: TOKENS, secretRef: {entry: api, key: accepted}}]");
    private static final WorkloadSlice MOUNTS = workload("mounts", "secrets: [{entry: leaf, path: /tls}]");
    private static final WorkloadSlice TRUSTS =
            workload("trusts", "env: [{name: CA, secretRef: {entry: ca, key: ca.crt}}]");
    private static final WorkloadSlice JOB =
            workload("job", "type: Job\n  env: [{name: TOKEN, secretRef: {entry: api}}]");
    private static final List<WorkloadSlice> WORKLOADS = List.of(CLIENT, SERVER, MOUNTS, TRUSTS, JOB);

    private final Entries entries = Entries.of(List.of(MaterialsTest.scope()));
    private final SeenTarget target = new SeenTarget();
    private Shelves shelves = new Shelves()
            .with("api", Phase.Stable, 1, 0, 0)
            .with("ca", Phase.Stable, 1, 0, 0)
            .with("leaf", Phase.Stable, 1, 0, 0, 1);

    @Test
    void whoHasWhatIsPublishedIsNotBehind() {
        everybodyHasWhatIsPublished();

        assertThat(consumers().usersBehind(entries.kept().get("api"))).isEmpty();
        assertThat(consumers().acceptorsBehind(entries.kept().get("api"))).isEmpty();
    }

    @Test
    void withTheNextVersionToAcceptOnlyTheAcceptorIsBehind() {
        everybodyHasWhatIsPublished();

        shelves = shelves.with("api", Phase.Staged, 1, 0, 2);

        assertThat(consumers().acceptorsBehind(entries.kept().get("api"))).containsExactly("server");
        assertThat(consumers().usersBehind(entries.kept().get("api"))).isEmpty();
    }

    @Test
    void withTheNextVersionInUseOnlyTheUserIsBehind() {
        shelves = shelves.with("api", Phase.Staged, 1, 0, 2);
        everybodyHasWhatIsPublished();

        shelves = shelves.with("api", Phase.Published, 2, 1, 0);

        assertThat(consumers().acceptorsBehind(entries.kept().get("api"))).isEmpty();
        assertThat(consumers().usersBehind(entries.kept().get("api"))).containsExactly("client");
    }

    @Test
    void onePodWithTheOldValueIsEnough() {
        everybodyHasWhatIsPublished();
        var old = word(CLIENT);
        shelves = shelves.with("api", Phase.Converging, 2, 1, 0).atWord("client", "");
        shelves = shelves.atWord("client", word(CLIENT)).atWord("server", word(SERVER));

        target.runs("client", old, word(CLIENT));
        assertThat(consumers().usersBehind(entries.kept().get("api"))).containsExactly("client");

        target.runs("client", word(CLIENT));
        assertThat(consumers().usersBehind(entries.kept().get("api"))).isEmpty();
    }

    @Test
    void whoIsNotLetThroughYetIsBehindEvenWithoutAPod() {
        everybodyHasWhatIsPublished();
        target.runsNothing();

        shelves = shelves.with("api", Phase.Converging, 2, 1, 0);

        assertThat(consumers().usersBehind(entries.kept().get("api"))).containsExactly("client");
    }

    @Test
    void whoChecksLeavesAcceptsByTheirCa() {
        everybodyHasWhatIsPublished();

        shelves = shelves.with("ca", Phase.Staged, 1, 0, 2);

        assertThat(consumers().acceptorsBehind(entries.kept().get("ca"))).containsExactly("mounts", "trusts");
    }

    @Test
    void theConsumersOfAnEntryAreThoseWhoUseOrAcceptIt() {
        assertThat(consumers().of(entries.kept().get("api"))).containsExactly("client", "server");
        assertThat(consumers().of(entries.kept().get("leaf"))).containsExactly("mounts");
    }

    /** Who mounts a Secret has all of its keys, and an env names one of them. */
    @Test
    void aTextCountsAsTheValuesInIt() {
        var scope = Serialization.unmarshal("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: SecretScope
                metadata: {name: app, namespace: shop}
                spec:
                  environmentRef: {name: staging}
                  entries:
                  - {name: api, type: Token, template: {url: "{{ value }}@{{ secret 'other' 'value' }}"}}
                  - {name: other, type: Token}
                """, SecretScope.class);
        var blended = Entries.of(List.of(scope));
        var url = workload("url", "env: [{name: URL, secretRef: {entry: api, key: url}}]");
        var all = workload("all", "secrets: [{entry: api, path: /api}]");

        var usage = new Usage(List.of(CLIENT, SERVER, url, all), blended);

        assertThat(usage.users("api")).containsExactly("all", "client", "url");
        assertThat(usage.acceptors("api")).containsExactly("all", "server");
        assertThat(usage.users("other")).containsExactly("all", "url");
        assertThat(usage.acceptors("other")).isEmpty();
        assertThat(usage.sources("url")).containsExactly("api", "other");
    }

    @Test
    void podsAreLookedAtOnceHoweverManyEntriesAskForThem() {
        everybodyHasWhatIsPublished();
        var consumers = consumers();

        entries.all().forEach(entry -> {
            consumers.usersBehind(entry);
            consumers.acceptorsBehind(entry);
            consumers.of(entry);
        });

        assertThat(target.looks()).isLessThanOrEqualTo(WORKLOADS.size());
    }

    @Test
    void whoComesNewIsLetThroughAtOnce() {
        assertThat(consumers().letThrough(Set.of(), 1))
                .containsEntry("client", word(CLIENT))
                .containsEntry("server", word(SERVER));
    }

    @Test
    void nobodyIsLetThroughBeforeTheTargetHasIt() {
        everybodyHasWhatIsPublished();
        var old = word(CLIENT);
        shelves = shelves.with("api", Phase.Published, 2, 1, 0);

        assertThat(consumers().letThrough(Set.of("signer", "ca", "leaf"), 3)).containsEntry("client", old);
        assertThat(consumers().letThrough(ALL_SETTLED, 3)).containsEntry("client", word(CLIENT));
    }

    @Test
    void noMoreRestartAtOnceThanMay() {
        everybodyHasWhatIsPublished();
        var before = consumers().letThrough(ALL_SETTLED, 1);
        shelves = shelves.with("ca", Phase.Staged, 1, 0, 2);

        var first = consumers().letThrough(ALL_SETTLED, 1);
        assertThat(first).containsEntry("mounts", word(MOUNTS)).containsEntry("trusts", before.get("trusts"));

        first.forEach(shelves::atWord);
        assertThat(consumers().letThrough(ALL_SETTLED, 1))
                .as("while pods of the first have the old value")
                .isEqualTo(first);

        target.runs("mounts", word(MOUNTS));
        assertThat(consumers().letThrough(ALL_SETTLED, 1)).containsEntry("trusts", word(TRUSTS));
    }

    private void everybodyHasWhatIsPublished() {
        WORKLOADS.forEach(workload -> {
            shelves.atWord(workload.name(), word(workload));
            target.runs(workload.name(), word(workload));
        });
    }

    private String word(WorkloadSlice workload) {
        return SecretWord.of(workload, new Materials(entries, shelves.shelf()).all(), Map.of());
    }

    private Consumers consumers() {
        var shelf = shelves.shelf();
        return new Consumers(
                WORKLOADS,
                new Usage(WORKLOADS, entries),
                this::word,
                shelf.journal().restarts(),
                target);
    }

    static WorkloadSlice workload(String name, String fields) {
        var workload = Serialization.unmarshal("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: Workload
                metadata: {name: %1$s, namespace: shop}
                spec:
                  environmentRef: {name: staging}
                  targetNamespace: web
                  image: registry.example.com/shop/%1$s:1
                  %2$s
                """.formatted(name, fields), Workload.class);
        return new WorkloadSlice(name, 1, name, "shop-staging-web", workload.getSpec(), Map.of());
    }
}
