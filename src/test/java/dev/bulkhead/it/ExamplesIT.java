package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every folder of examples applies as it stands, and does what its README says. */
@BulkheadTest(needs = NodeKind.REAL)
class ExamplesIT {

    private static final String ENVIRONMENT = "staging";
    private static final List<String> HUBS = List.of("demo-payments", "demo-library", "demo-mailer");

    private static final List<String> KINDS = List.of("secretscope", "networkpolicyset", "workload", "environment");

    private final TestCluster cluster;
    private final Packets packets;

    /** @param operator nothing is asked of it, but it has to run */
    ExamplesIT(TestCluster cluster, OperatorUnderTest operator) {
        this.cluster = cluster;
        this.packets = new Packets(cluster);
        operator.start();
    }

    @Test
    void thePrivateNetworkConnectsWhatItsReadmeDraws() {
        apply("private-network", "demo-payments");

        var pods = packets.pods("demo-payments-staging-web", "demo-payments-staging-data");
        cluster.eventually(() -> assertThat(packets.connections(pods))
                .containsExactly("auditor -> ledger", "checkout -> ledger", "gateway -> checkout"));
        assertThat(packets.get(pod(pods, "inspector"), "kubernetes.default.svc:443")
                        .ok())
                .isTrue();
        assertThat(packets.get(pod(pods, "gateway"), "kubernetes.default.svc:443")
                        .ok())
                .isFalse();
    }

    @Test
    void aPartnerThatTheClassDoesNotAllowStallsItsSetOnly() {
        apply("private-network", "demo-payments");

        cluster.patch("networkpolicyset", "demo-payments/staging-partners", """
                {"spec":{"egress":[{"from":[{"workload":"checkout"}],"to":{"cidr":"198.51.100.0/24"},"ports":[443]}]}}""");

        var stalled = cluster.awaitCondition(
                "networkpolicyset", "demo-payments/staging-partners", "Stalled", "EgressNotAllowed");
        assertThat(stalled.message()).contains("203.0.113.0/24");
        cluster.awaitReady("demo-payments/staging");
        assertThat(packets.connections(packets.pods("demo-payments-staging-data")))
                .containsExactly("auditor -> ledger");
    }

    @Test
    void theStoreKeepsItsBooksWhenItsPodGoes() {
        apply("stateful", "demo-library");
        var namespace = "demo-library-staging-main";
        var first = cluster.await("pod", namespace, "store-0").getMetadata().getUid();
        assertThat(execute(namespace, "store-0", "/testapp", "write", "/books/one", "Moby-Dick"))
                .isZero();

        cluster.delete("pod", namespace, "store-0");

        cluster.await("pod", namespace + "/store-0", pod -> !pod.getMetadata()
                .getUid()
                .equals(first));
        cluster.eventually(() -> assertThat(cluster.client()
                        .raw("/api/v1/namespaces/%s/pods/store-0:8080/proxy/files?path=/books/one"
                                .formatted(namespace)))
                .isEqualTo("Moby-Dick\n"));
        cluster.eventually(() -> assertThat(cluster.list("job", namespace))
                .anyMatch(job -> Integer.valueOf(1).equals(job.get("status", "succeeded"))));
    }

    @Test
    void anEnvironmentThatIsDeletedLeavesItsVolumes() {
        apply("stateful", "demo-library");

        remove("demo-library");

        assertThat(cluster.list("persistentvolumeclaim", "demo-library-staging-main"))
                .hasSize(2);
        cluster.eventually(() ->
                assertThat(cluster.list("pod", "demo-library-staging-main")).isEmpty());
        assertThat(cluster.events("demo-library/staging"))
                .anyMatch(event -> event.reason().equals("Kept"));
    }

    @Test
    void aSecretIsWhereItIsUsedAndItsNewValueToo() {
        apply("static-secrets", "demo-mailer");
        var web = "demo-mailer-staging-web";
        assertThat(cluster.find("secret", web + "/smtp-password")).isPresent();
        assertThat(cluster.find("secret", "demo-mailer-staging-archive/smtp-password"))
                .isEmpty();

        cluster.patch("secret", "demo-mailer/smtp", "{\"stringData\":{\"password\":\"changed\"}}");

        cluster.eventually(() -> assertThat(packets.pods(web)).hasSize(2).allSatisfy(pod -> assertThat(variables(pod))
                .contains("SMTP_PASSWORD=changed")));
    }

    @Test
    void theShippedClassesBoundWhoUsesThem(TestNamespace hub) {
        cluster.apply("examples/classes");
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Environment
                metadata: {name: preview}
                spec:
                  classRef: {name: ephemeral}
                  namespaces: [{name: web}]
                  access: [{role: developer, groups: [team-shop]}]
                """);

        cluster.awaitReady(hub.of("preview"));
        var web = hub + "-preview-web";
        assertThat(cluster.get("resourcequota", web + "/web").<String>get("spec", "hard", "pods"))
                .isEqualTo("20");
        assertThat(cluster.find("rolebinding", web + "/bulkhead-developer")).isPresent();
        assertThat(mayDo("list", "pods", web)).isTrue();
        assertThat(mayDo("get", "secrets", web)).isFalse();
        assertThat(mayDo("delete", "networkpolicies.networking.k8s.io", web)).isFalse();
    }

    private void apply(String example, String hub) {
        var applied = cluster.kubectl(
                "apply", "-f", Path.of("examples", example).toAbsolutePath().toString());
        assertThat(applied.code()).as("%s", applied).isZero();
        // The environment may be Ready without what was applied a moment ago.
        KINDS.forEach(kind -> cluster.list(kind, hub)
                .forEach(object -> cluster.awaitReady(
                        kind, hub + "/" + object.getMetadata().getName())));
    }

    private static Pod pod(List<Pod> pods, String workload) {
        return pods.stream()
                .filter(pod -> workload.equals(Packets.workload(pod)))
                .findFirst()
                .orElseThrow();
    }

    private int execute(String namespace, String pod, String... command) {
        var arguments = new ArrayList<>(List.of("exec", "-n", namespace, pod, "--"));
        arguments.addAll(List.of(command));
        return cluster.kubectl(arguments.toArray(String[]::new)).code();
    }

    private String variables(Pod pod) {
        return cluster.client()
                .raw("/api/v1/namespaces/%s/pods/%s:8080/proxy/env"
                        .formatted(
                                pod.getMetadata().getNamespace(),
                                pod.getMetadata().getName()));
    }

    private boolean mayDo(String verb, String resource, String namespace) {
        return cluster.kubectl("auth", "can-i", verb, resource, "-n", namespace, "--as=ann", "--as-group=team-shop")
                        .code()
                == 0;
    }

    /** The examples have hub namespaces of their own, which nobody else takes away. */
    @AfterEach
    void leaveNothing() {
        HUBS.forEach(this::remove);
        HUBS.forEach(hub -> cluster.client().namespaces().list().getItems().stream()
                .map(Namespace::getMetadata)
                .filter(found ->
                        found.getName().equals(hub) || found.getName().startsWith(hub + "-" + ENVIRONMENT + "-"))
                .forEach(found -> cluster.delete("namespace", found.getName())));
        HUBS.forEach(hub -> cluster.awaitGone("namespace", hub));
        HUBS.stream()
                .filter(hub -> cluster.find("environmentclass", hub).isPresent())
                .forEach(hub -> cluster.delete("environmentclass", hub));
    }

    private void remove(String hub) {
        var environment = hub + "/" + ENVIRONMENT;
        if (cluster.find("environment", environment).isPresent()) {
            cluster.patch("environment", environment, "{\"spec\":{\"deletionProtection\":\"Disabled\"}}");
            cluster.delete("environment", environment);
            cluster.awaitGone("environment", environment);
        }
    }
}
