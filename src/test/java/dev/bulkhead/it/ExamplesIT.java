package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import dev.bulkhead.secrets.vault.VaultNames;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every folder of examples applies as it stands, and does what its README says. They go together, at the end. */
@BulkheadTest(needs = NodeKind.REAL)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesIT {

    private static final List<String> HUBS = List.of("demo-payments", "demo-library", "demo-mailer", "demo-trust");

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
        cluster.eventually(() -> assertThat(file(
                        cluster.client()
                                .pods()
                                .inNamespace(namespace)
                                .withName("store-0")
                                .get(),
                        "/books/one"))
                .isEqualTo("Moby-Dick\n"));
        cluster.eventually(() -> assertThat(cluster.list("job", namespace))
                .anyMatch(job -> Integer.valueOf(1).equals(job.get("status", "succeeded"))));
    }

    @Test
    void anEnvironmentThatIsDeletedLeavesItsVolumes() {
        apply("stateful", "demo-library");

        delete("demo-library");
        cluster.awaitGone("environment", "demo-library/staging");

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

    /** As after a theft, so that nobody waits until what was is out of use. */
    @Test
    void whoTrustsAnAuthorityOfAnotherEnvironmentHearsOfTheNextOneWithoutARestart() {
        apply("shared-secrets", "demo-trust");
        var web = "demo-trust-web-main";
        var caller = packets.pods(web).getFirst();
        var before = cluster.text("demo-trust-platform-main/api", "ca.crt");
        assertThat(file(caller, "/etc/platform/ca.crt")).isEqualTo(before);
        assertThat(cluster.get("secret", web + "/platform-api").<Map<String, String>>get("data"))
                .containsOnlyKeys("ca.crt");

        cluster.client().resource("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: Operation
                metadata: {name: stolen, namespace: demo-trust}
                spec: {action: Compromised, environmentRef: {name: platform}, secrets: {entries: [authority]}}
                """).create();

        cluster.eventually(() -> assertThat(cluster.text(web + "/platform-api", "ca.crt"))
                .isNotEqualTo(before)
                .isEqualTo(cluster.text("demo-trust-platform-main/api", "ca.crt")));
        var owner = new Scope(cluster, new TestNamespace("demo-trust"), "platform");
        cluster.eventually(
                () -> assertThat(owner.consumers("authority")).hasEntrySatisfying("web/caller", it -> assertThat(
                                it.get("evidence").toString())
                        .startsWith("its files are being written anew, which counts as done at")));
        // A kubelet looks at a pod once a minute, or when somebody edits it.
        cluster.kubectl("annotate", "pod", "--all", "--namespace=" + web, "example.com/look=now");
        cluster.eventually(() -> assertThat(file(caller, "/etc/platform/ca.crt"))
                .isEqualTo(cluster.text(web + "/platform-api", "ca.crt")));
        assertThat(packets.pods(web))
                .extracting(pod -> pod.getMetadata().getUid())
                .containsExactly(caller.getMetadata().getUid());
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
        return asked(pod, "env");
    }

    private String file(Pod pod, String path) {
        return asked(pod, "files?path=" + path);
    }

    private String asked(Pod pod, String page) {
        return cluster.client()
                .raw("/api/v1/namespaces/%s/pods/%s:8080/proxy/%s"
                        .formatted(
                                pod.getMetadata().getNamespace(),
                                pod.getMetadata().getName(),
                                page));
    }

    private boolean mayDo(String verb, String resource, String namespace) {
        return cluster.kubectl("auth", "can-i", verb, resource, "-n", namespace, "--as=ann", "--as-group=team-shop")
                        .code()
                == 0;
    }

    /** The examples have hub namespaces of their own, which nobody else takes away. */
    @AfterAll
    void leaveNothing() {
        HUBS.forEach(this::delete);
        HUBS.forEach(hub -> cluster.eventually(
                () -> assertThat(cluster.list("environment", hub)).isEmpty()));
        cluster.client().namespaces().list().getItems().stream()
                .map(found -> found.getMetadata().getName())
                .filter(name -> HUBS.stream()
                        .anyMatch(hub -> name.equals(hub)
                                || name.equals(VaultNames.namespace(hub))
                                || name.startsWith(hub + "-")))
                .forEach(name -> cluster.delete("namespace", name));
        HUBS.forEach(hub -> cluster.awaitGone("namespace", hub));
        HUBS.stream()
                .filter(hub -> cluster.find("environmentclass", hub).isPresent())
                .forEach(hub -> cluster.delete("environmentclass", hub));
    }

    private void delete(String hub) {
        cluster.list("environment", hub).forEach(found -> {
            var environment = hub + "/" + found.getMetadata().getName();
            cluster.patch("environment", environment, "{\"spec\":{\"deletionProtection\":\"Disabled\"}}");
            cluster.delete("environment", environment);
        });
    }
}
