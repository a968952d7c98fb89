package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.faults.FaultProxy;
import dev.bulkhead.kube.Another;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeRequest;
import dev.bulkhead.kube.OperatorInProcess;
import dev.bulkhead.kube.Remote;
import dev.bulkhead.kube.SeenCondition;
import dev.bulkhead.kube.TestCluster;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** examples/staging-and-production as it stands, on a hub and two targets that were added by the command line. */
@BulkheadTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyClustersIT {

    private static final String HUB = "demo-store";
    private static final List<String> KINDS = List.of("networkpolicyset", "workload", "environment");
    private static final List<String> ENVIRONMENTS = List.of("staging", "production");

    private final TestCluster hub;
    private final Map<String, TestCluster> targets;
    private final Remote staging;
    private final Remote production;
    private final FaultProxy toProduction;

    /** @param operator nothing is asked of it, but it has to run */
    ManyClustersIT(
            TestCluster hub,
            OperatorInProcess operator,
            @Another(value = "staging", node = NodeRequest.SIMULATED) Remote staging,
            @Another(value = "production", node = NodeRequest.SIMULATED) Remote production) {
        this.hub = hub;
        this.staging = staging;
        this.production = production;
        targets = Map.of("staging", staging.cluster(), "production", production.cluster());
        toProduction = FaultProxy.before(production.kube());
        operator.start();
    }

    @BeforeAll
    void theExampleIsApplied() {
        staging.add(staging.kubeconfig());
        production.add(toProduction.kubeconfig());
        hub.apply("examples/staging-and-production");
        ENVIRONMENTS.forEach(it -> hub.awaitReady("targetcluster", it));
        KINDS.forEach(kind -> hub.list(kind, HUB)
                .forEach(it -> hub.awaitReady(kind, HUB + "/" + it.getMetadata().getName())));
    }

    @Test
    void eachHasItsOwnClusterAndNothingOnTheOther() {
        ENVIRONMENTS.forEach(name -> {
            assertThat(namespaces(targets.get(name)))
                    .containsExactly(HUB + "-" + name + "-data", HUB + "-" + name + "-web");
            var cluster = hub.get("targetcluster", name);
            assertThat(cluster.<String>get("status", "uid"))
                    .isEqualTo(targets.get(name)
                            .get("namespace", "kube-system")
                            .getMetadata()
                            .getUid());
            // Who lives in it is said at leisure.
            hub.eventually(() -> assertThat(hub.get("targetcluster", name).<List<String>>get("status", "usedBy"))
                    .containsExactly(HUB + "/" + name));
        });
        assertThat(namespaces(hub)).isEmpty();
    }

    @Test
    void eachHasItsOwnNetworkAndItsOwnPeople() {
        ENVIRONMENTS.forEach(name -> {
            var target = targets.get(name);
            assertThat(target.find("networkpolicy", HUB + "-" + name + "-web/deny-all"))
                    .isPresent();
            assertThat(target.list("networkpolicy", HUB + "-" + name + "-data")).hasSizeGreaterThan(2);
        });
        assertThat(roles("staging")).containsExactly("bulkhead-developer");
        assertThat(roles("production")).containsExactly("bulkhead-viewer");
        assertThat(replicas("staging")).isEqualTo(1);
        assertThat(replicas("production")).isEqualTo(3);
    }

    @Test
    void aProductionThatIsAwaySaysSoAndStagingGoesOn() {
        var dark = toProduction.goDark();
        var unreached = hub.await("targetcluster", "production", it -> SeenCondition.of(it).stream()
                .anyMatch(seen -> seen.type().equals("Reachable") && !seen.isTrue()));
        assertThat(SeenCondition.of(unreached).stream().filter(it -> it.type().equals("Ready")))
                .noneMatch(SeenCondition::isTrue);

        scale("staging", 2);
        scale("production", 4);

        hub.awaitReady("workload", HUB + "/staging-storefront");
        hub.awaitReady(HUB + "/staging");
        assertThat(replicas("staging")).isEqualTo(2);
        hub.eventually(() -> assertThat(
                        hub.conditions("environment", HUB + "/production").get("Ready"))
                .matches(it -> !it.isTrue())
                .extracting(SeenCondition::message)
                .asString()
                .contains("production"));
        assertThat(replicas("production")).isEqualTo(3);

        dark.lift();

        hub.awaitReady("targetcluster", "production");
        hub.awaitReady("workload", HUB + "/production-storefront");
        assertThat(replicas("production")).isEqualTo(4);
        scale("staging", 1);
        scale("production", 3);
        ENVIRONMENTS.forEach(
                it -> hub.eventually(() -> assertThat(replicas(it)).isEqualTo(it.equals("staging") ? 1 : 3)));
    }

    @AfterAll
    void leaveNothing() {
        toProduction.heal();
        ENVIRONMENTS.stream().map(it -> HUB + "/" + it).forEach(name -> {
            hub.patch("environment", name, "{\"spec\":{\"deletionProtection\":\"Disabled\"}}");
            hub.delete("environment", name);
            hub.awaitGone("environment", name);
        });
        hub.delete("namespace", HUB);
        ENVIRONMENTS.forEach(it -> hub.delete("environmentclass", "demo-" + it));
        hub.awaitGone("namespace", HUB);
        toProduction.close();
    }

    private void scale(String environment, int replicas) {
        hub.patch(
                "workload",
                HUB + "/" + environment + "-storefront",
                "{\"spec\":{\"replicas\":%d}}".formatted(replicas));
    }

    private int replicas(String environment) {
        return targets.get(environment)
                .get("deployment", HUB + "-" + environment + "-web/storefront")
                .<Number>get("spec", "replicas")
                .intValue();
    }

    private List<String> roles(String environment) {
        return targets.get(environment).list("rolebinding", HUB + "-" + environment + "-web").stream()
                .map(it -> it.<String>get("roleRef", "name"))
                .filter(it -> !it.equals("bulkhead-operator-namespaced"))
                .toList();
    }

    private static List<String> namespaces(TestCluster cluster) {
        return cluster.client().namespaces().withLabel("bulkhead.dev/hub-namespace", HUB).list().getItems().stream()
                .map(Namespace::getMetadata)
                .map(it -> it.getName())
                .sorted()
                .toList();
    }
}
