package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.apply.Adoptions;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.cluster.Capabilities;
import dev.bulkhead.environment.Drafting.Draft;
import dev.bulkhead.status.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of each contributor this version, the last good one, or none. */
class DraftingTest {

    private static final String ENVIRONMENT = """
            kind: Environment
            metadata: {name: staging, namespace: shop}
            spec: {namespaces: [{name: web}]}
            ---
            """;
    private static final String WORKLOAD = """
            kind: Workload
            metadata: {name: api, namespace: shop}
            spec: {environmentRef: {name: staging}, targetNamespace: web, image: "registry.example.com/api:new"}
            """;
    private static final String SCOPE = """
            kind: SecretScope
            metadata: {name: secrets, namespace: shop}
            spec:
              environmentRef: {name: staging}
              entries: [{name: db, type: Static, from: {secretRef: {name: db, key: password}}}]
            """;
    private static final Origin API = Origin.workload("api");
    private static final Verdict REFUSED = new Verdict.Refused(Reason.ImageNotAllowed, "no");

    private final List<HasMetadata> accepted = new ArrayList<>();

    @Test
    void whatIsAcceptedIsTakenAsItIs() {
        var draft = draft(ENVIRONMENT + WORKLOAD, new Verdict.Accepted());

        assertThat(draft.blueprint().workloads())
                .singleElement()
                .satisfies(it -> assertThat(it.spec().image()).endsWith(":new"));
        assertThat(draft.live()).containsExactly(Map.entry(API, 2L));
    }

    @Test
    void whatIsRefusedAndNeverWasGoodIsLeftOut() {
        var draft = draft(ENVIRONMENT + WORKLOAD, REFUSED);

        assertThat(draft.blueprint().workloads()).isEmpty();
        assertThat(draft.live()).isEmpty();
    }

    @Test
    void whatIsRefusedKeepsItsLastGoodVersion() {
        remember("web");

        var draft = draft(ENVIRONMENT + WORKLOAD, REFUSED);

        assertThat(draft.blueprint().workloads())
                .singleElement()
                .satisfies(it -> assertThat(it.spec().image()).endsWith(":old"));
        assertThat(draft.live()).containsExactly(Map.entry(API, 1L));
    }

    @Test
    void whatWaitsKeepsItToo() {
        remember("web");

        assertThat(draft(ENVIRONMENT + WORKLOAD, new Verdict.Waiting(Reason.WaitingForWorkload, "no"))
                        .live())
                .containsExactly(Map.entry(API, 1L));
    }

    @Test
    void aLastGoodVersionInANamespaceThatWasGivenUpIsNotLive() {
        remember("given-up");

        var draft = draft(ENVIRONMENT + WORKLOAD, REFUSED);

        assertThat(draft.blueprint().workloads()).isEmpty();
        assertThat(draft.live()).isEmpty();
    }

    @Test
    void whatIsBeingDeletedIsNotInIt() {
        var leaving = WORKLOAD.replace("namespace: shop", "namespace: shop, deletionTimestamp: '2026-01-01T00:00:00Z'");

        assertThat(draft(ENVIRONMENT + leaving, new Verdict.Accepted()).live()).isEmpty();
    }

    @Test
    void aSecretWhoseSourceIsGoneKeepsItsPublishedVersion() {
        var published = SCOPE + "status: {entries: [{name: db, phase: Published, version: v1}]}\n";

        assertThat(draft(ENVIRONMENT + published, new Verdict.Accepted())
                        .blueprint()
                        .secrets()
                        .get("db")
                        .version())
                .isEqualTo("v1");
    }

    @Test
    void aSecretThatNeverHadASourceIsLeftOut() {
        assertThat(draft(ENVIRONMENT + SCOPE, new Verdict.Accepted())
                        .blueprint()
                        .secrets())
                .isEmpty();
    }

    private void remember(String namespace) {
        var old = World.of(ENVIRONMENT
                        + WORKLOAD.replace(":new", ":old")
                                .replace("targetNamespace: web", "targetNamespace: " + namespace))
                .gathered()
                .workloads()
                .getFirst();
        old.getMetadata().setGeneration(1L);
        accepted.add(old);
    }

    private Draft draft(String yaml, Verdict verdict) {
        var gathered = World.of(yaml).gathered();
        var verdicts = new HashMap<Origin, Verdict>();
        gathered.workloads().stream().map(Workload::getMetadata).forEach(it -> verdicts.put(API, verdict));
        gathered.secretScopes().forEach(it -> verdicts.put(Origin.secretScope("secrets"), verdict));
        return new Drafting("hub-1", new Remembered(accepted))
                .draft(
                        gathered,
                        new Acceptance(List.of(), verdicts),
                        new Capabilities("v1.36.3", List.of(), "cluster.local"),
                        Adoptions.NONE);
    }
}
