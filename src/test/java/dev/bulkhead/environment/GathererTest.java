package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.status.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an environment needs before anybody can judge it. */
class GathererTest {

    private static final String ENVIRONMENT = """
            kind: Environment
            metadata: {name: staging, namespace: shop}
            spec: {classRef: {name: standard}, clusterRef: {name: local}, namespaces: [{name: web}]}
            """;
    private static final String STANDARD = """
            ---
            kind: EnvironmentClass
            metadata: {name: standard}
            spec: {clusters: [local]}
            """;
    private static final String FALLBACK = """
            ---
            kind: EnvironmentClass
            metadata: {name: fallback, annotations: {bulkhead.dev/is-default-class: "true"}}
            spec: {clusters: [local], defaultCluster: local}
            """;
    private static final String LOCAL = """
            ---
            kind: TargetCluster
            metadata: {name: local}
            spec: {local: {}}
            """;
    private static final String WORKLOADS = """
            ---
            kind: Workload
            metadata: {name: api, namespace: shop}
            spec: {environmentRef: {name: staging}, targetNamespace: web, image: registry.example.com/api:1}
            ---
            kind: Workload
            metadata: {name: other, namespace: shop}
            spec: {environmentRef: {name: production}, targetNamespace: web, image: registry.example.com/api:1}
            """;

    @Test
    void whatRefersToTheEnvironmentIsGatheredAndNothingElse() {
        var gathered = (Gathered) gather(ENVIRONMENT + STANDARD + LOCAL + WORKLOADS);

        assertThat(gathered.className()).isEqualTo("standard");
        assertThat(gathered.cluster()).isEqualTo("local");
        assertThat(gathered.workloads())
                .extracting(it -> it.getMetadata().getName())
                .containsExactly("api");
        assertThat(gathered.hubNamespaceLabels()).containsValue("shop");
    }

    @Test
    void withoutANameTheDefaultClassAndItsClusterApply() {
        var gathered = (Gathered) gather(nameless() + STANDARD + FALLBACK + LOCAL);

        assertThat(gathered.className()).isEqualTo("fallback");
        assertThat(gathered.cluster()).isEqualTo("local");
    }

    @Test
    void aClassThatIsNotThereIsWaitedFor() {
        assertThat(gather(ENVIRONMENT + FALLBACK + LOCAL))
                .isEqualTo(new Gathering.Missing(
                        Reason.WaitingForClass,
                        "EnvironmentClass standard isn't there. Create it, or name another in spec.classRef"));
    }

    @Test
    void noDefaultClassIsWaitedFor() {
        assertThat(gather(nameless() + STANDARD + LOCAL))
                .isEqualTo(new Gathering.Missing(
                        Reason.WaitingForClass,
                        "No class is named in spec.classRef, and no EnvironmentClass has the annotation"
                                + " bulkhead.dev/is-default-class: \"true\""));
    }

    @Test
    void twoDefaultClassesAreNamed() {
        var missing = (Gathering.Missing)
                gather(nameless() + FALLBACK.replace("name: fallback", "name: second") + FALLBACK + LOCAL);

        assertThat(missing.reason()).isEqualTo(Reason.WaitingForClass);
        assertThat(missing.message()).endsWith("several are marked default: [fallback, second]. Leave one");
    }

    @Test
    void aClusterThatIsNotThereIsWaitedFor() {
        assertThat(gather(ENVIRONMENT + STANDARD))
                .isEqualTo(new Gathering.Missing(
                        Reason.WaitingForCluster,
                        "TargetCluster local isn't there. Create it, or name another in spec.clusterRef"));
    }

    @Test
    void aClusterThatNobodyNamesIsAskedFor() {
        assertThat(gather(ENVIRONMENT.replace("clusterRef: {name: local}, ", "") + STANDARD + LOCAL))
                .isEqualTo(new Gathering.Missing(
                        Reason.WaitingForCluster,
                        "No cluster is named. Set spec.clusterRef, or spec.defaultCluster of"
                                + " EnvironmentClass standard"));
    }

    private static String nameless() {
        return ENVIRONMENT.replace("classRef: {name: standard}, clusterRef: {name: local}, ", "");
    }

    private static Gathering gather(String yaml) {
        var hub = new FakeHub().put(yaml);
        return new Gatherer(hub).gather(hub.environments().getFirst(), List.of());
    }
}
