package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.Another;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OperatorInProcess;
import dev.bulkhead.kube.SeenCondition;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When definitions of ours go nothing of a user's goes, and what comes back is taken back. On a cluster of its own. */
@BulkheadTest
class DefinitionsIT {

    private static final String DEFINITION = "customresourcedefinition";

    private final TestCluster cluster;

    /** @param operator nothing is asked of it, but it has to run */
    DefinitionsIT(@Another("definitions") TestCluster cluster, @Another("definitions") OperatorInProcess operator) {
        this.cluster = cluster;
    }

    @ParameterizedTest
    @ValueSource(strings = {"workloads.bulkhead.dev", ""})
    void whatRunsOutlivesTheDefinitions(String name, @Another("definitions") TestNamespace hub) {
        var staging = environment(hub);
        var before = staging.rollout("api");
        var objects = objects(staging);
        Operations.claim(cluster, staging.data());

        var gone = name.isEmpty() ? ours() : List.of(name);
        gone.forEach(it -> cluster.delete(DEFINITION, it));
        gone.forEach(it -> cluster.awaitGone(DEFINITION, it));
        assertThat(objects(staging)).isEqualTo(objects);

        cluster.apply("crds");
        gone.forEach(it -> cluster.eventually(
                () -> assertThat(cluster.conditions(DEFINITION, it).get("Established"))
                        .isNotNull()
                        .matches(SeenCondition::isTrue)));
        cluster.eventually(() -> environment(hub));
        staging.awaitReadyOrRolling("api");

        assertThat(staging.rollout("api")).isEqualTo(before);
        assertThat(objects(staging)).isEqualTo(objects);
        assertThat(cluster.find("persistentvolumeclaim", staging.data() + "/database"))
                .isPresent();
    }

    private Staging environment(TestNamespace hub) {
        var staging = Staging.declared(cluster, hub, "deletionProtection: Disabled");
        staging.runs("api");
        staging.awaitReadyOrRolling("api");
        return staging;
    }

    private List<String> ours() {
        return cluster.list(DEFINITION, "").stream()
                .map(it -> it.getMetadata().getName())
                .filter(it -> it.endsWith(".bulkhead.dev"))
                .toList();
    }

    /** What of the environment is there, and which pods. */
    private List<String> objects(Staging staging) {
        return List.of("deployment", "service", "networkpolicy", "serviceaccount", "pod").stream()
                .flatMap(kind -> cluster.list(kind, staging.web()).stream().map(it -> "%s %s %s"
                        .formatted(
                                kind,
                                it.getMetadata().getName(),
                                it.getMetadata().getUid())))
                .sorted()
                .toList();
    }
}
