package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OperatorProcess;
import dev.bulkhead.kube.Replicas;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The operator with the chart's own rights, and with fewer. */
@BulkheadTest
class PermissionsIT {

    private static final String NETWORK_POLICIES = "resources: [networkpolicies]\n  verbs: ";

    private final TestCluster cluster;
    private final Replicas replicas;

    PermissionsIT(TestCluster cluster, Replicas replicas) {
        this.cluster = cluster;
        this.replicas = replicas;
    }

    @Test
    void aRightThatIsMissingIsNamedAndHealsWhenItIsGranted(TestNamespace hub) throws IOException {
        var chart = Chart.of(cluster);
        cluster.applyYaml("{apiVersion: v1, kind: Namespace, metadata: {name: bulkhead-system}}");
        cluster.client().leases().inNamespace("bulkhead-system").delete();
        cluster.applyYaml(chart.template("templates/serviceaccount.yaml"));

        var operator = replicas.start("bounded", kubeconfig());
        awaitLog(operator, "Bulkhead waits. The operator's account may not, in all namespaces: ");
        awaitLog(operator, "list, watch deployments.apps");
        assertThat(cluster.client()
                        .leases()
                        .inNamespace("bulkhead-system")
                        .list()
                        .getItems())
                .isEmpty();

        var rights = chart.template("templates/rbac.yaml");
        assertThat(rights).contains(NETWORK_POLICIES);
        cluster.applyYaml(rights);
        awaitLog(operator, "Bulkhead is up");
        assertThat(operator.lastLog()).noneMatch(line -> line.contains("What needs it will be refused"));
        Staging.with(cluster, hub, "{name: web}").awaitReady();

        var web = hub + "-staging-web";
        cluster.applyYaml(rights.replace(
                NETWORK_POLICIES + "[get, list, watch, create, patch, delete]",
                NETWORK_POLICIES + "[get, list, watch]"));
        var policy = cluster.list("networkpolicy", web).getFirst().getMetadata().getName();
        cluster.delete("networkpolicy", web, policy);
        Staging.declared(cluster, hub);
        cluster.eventually(() -> assertThat(
                        cluster.conditions("environment", hub.of("staging")).values())
                .anySatisfy(it -> assertThat(it.message()).contains("cannot patch resource \"networkpolicies\"")));
        cluster.await("namespace", hub + "-staging-data", found -> found != null);

        cluster.applyYaml(rights);
        cluster.awaitReady(hub.of("staging"));
        cluster.await("networkpolicy", web, policy);
    }

    private void awaitLog(OperatorProcess operator, String words) {
        cluster.eventually(() -> assertThat(operator.lastLog()).anyMatch(line -> line.contains(words)));
    }

    /** As the operator's own account, and as nobody else. */
    private Path kubeconfig() throws IOException {
        var token = cluster.kubectl("create", "token", "bulkhead", "-n", "bulkhead-system")
                .output()
                .strip();
        var config = Serialization.unmarshal(Files.readString(cluster.kube().kubeconfig()), Config.class);
        config.getUsers()
                .forEach(user ->
                        user.setUser(new AuthInfoBuilder().withToken(token).build()));
        return Files.writeString(Files.createTempFile("bulkhead", ".kubeconfig"), Serialization.asYaml(config));
    }
}
