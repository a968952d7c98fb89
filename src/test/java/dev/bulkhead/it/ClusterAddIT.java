package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.cli.BulkheadCommand;
import dev.bulkhead.cluster.TargetClients;
import dev.bulkhead.cluster.TokenRenewal;
import dev.bulkhead.cluster.kubeconfig.AddressRules;
import dev.bulkhead.cluster.kubeconfig.AddressRules.HubNetwork;
import dev.bulkhead.cluster.kubeconfig.Kubeconfig;
import dev.bulkhead.cluster.kubeconfig.Kubeconfig.Credential;
import dev.bulkhead.cluster.kubeconfig.Vetted;
import dev.bulkhead.cluster.kubeconfig.Vetting;
import dev.bulkhead.kube.Another;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.Remote;
import dev.bulkhead.kube.TestCluster;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A cluster becomes a target by one command, and the account that it makes there may do its work and no more. */
@BulkheadTest
class ClusterAddIT {

    private static final String HUB = "a1b2c3d4e5";
    private static final String SYSTEM = "bulkhead-system";

    private final TestCluster hub;
    private final TestCluster target;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** @param east leaves the hub after the class */
    ClusterAddIT(TestCluster hub, @Another("east") TestCluster target, @Another("east") Remote east) {
        this.hub = hub;
        this.target = target;
        hub.applyYaml("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(SYSTEM));
        assertThat(east.name()).isEqualTo("east");
    }

    @Test
    void whatItMakesIsTakenByTheOperatorAndMayBeMadeAgain() {
        add(HUB);
        var first = secret();
        assertThat(hub.get("targetcluster", "east").<String>get("spec", "kubeconfig", "secretRef", "name"))
                .isEqualTo("east");
        assertThat(kubeconfig(first).server().toString())
                .isEqualTo(target.client().getMasterUrl().toString().replaceAll("/$", ""))
                .doesNotEndWith("/");

        add(HUB);

        assertThat(token(secret())).isNotEqualTo(token(first));
        assertThat(out.toString() + err).doesNotContain(token(first), token(secret()));
    }

    @Test
    void theAccountWritesWhatCarriesTheIdOfItsHubAndNothingElse() {
        add(HUB);
        try (var clients = new TargetClients("bulkhead");
                var operator = clients.working(kubeconfig(secret()), () -> true, () -> {})) {
            apply(operator, namespace("added-web", HUB));
            apply(operator, quota("added-web", HUB));

            // An API server takes a moment until it goes by a policy that is new.
            target.eventually(() -> refused(
                    () -> operator.resource(namespace("added-other", "another-hub"))
                            .dryRun()
                            .serverSideApply(),
                    "is not of hub"));
            refused(() -> apply(operator, namespace("added-other", "another-hub")), "is not of hub");
            refused(() -> apply(operator, quota("default", HUB)), "is not of hub");
            refused(() -> operator.secrets().inNamespace("kube-system").list(), "forbidden");
            refused(
                    () -> operator.rbac()
                            .clusterRoles()
                            .withName("bulkhead-operator")
                            .delete(),
                    "forbidden");
            refused(
                    () -> operator.namespaces().withName("kube-system").edit(it -> it.edit()
                            .editMetadata()
                            .addToAnnotations("a", "b")
                            .endMetadata()
                            .build()),
                    "");
            operator.namespaces().withName("added-web").delete();
        }
    }

    @Test
    void aTokenIsRenewedByItselfAndBothAreGood() {
        add(HUB);
        var old = secret();
        var kubeconfig = kubeconfig(old);
        var renewal = new TokenRenewal(hub.client(), Clock.offset(Clock.systemUTC(), Duration.ofHours(25)));
        try (var clients = new TargetClients("bulkhead");
                var operator = clients.probing(kubeconfig, () -> {})) {
            renewal.renew(old, "kubeconfig", kubeconfig, operator);

            assertThat(token(secret())).isNotEqualTo(token(old));
            try (var renewed = clients.probing(kubeconfig(secret()), () -> {})) {
                assertThat(renewed.namespaces().withName("kube-system").get()).isNotNull();
            }
            assertThat(operator.namespaces().withName("kube-system").get()).isNotNull();
            // What somebody wrote meanwhile is newer than what was read.
            assertThatThrownBy(() -> renewal.renew(old, "kubeconfig", kubeconfig, operator))
                    .isInstanceOf(KubernetesClientException.class);
            refused(
                    () -> operator.serviceAccounts()
                            .inNamespace("kube-system")
                            .withName("default")
                            .tokenRequest(),
                    "forbidden");
        }
    }

    @Test
    void theTargetOfAnotherHubIsLeftAsItIs() {
        add(HUB);
        var before = target.get("namespace", SYSTEM).getMetadata().getResourceVersion();

        assertThat(run("--hub-id", "another")).isEqualTo(1);

        assertThat(err.toString()).contains("belongs to hub " + HUB);
        assertThat(target.get("namespace", SYSTEM).getMetadata().getResourceVersion())
                .isEqualTo(before);
    }

    private void add(String hubId) {
        assertThat(run("--hub-id", hubId)).as("%s", err).isZero();
        // A policy takes a moment until it holds.
        target.eventually(() -> assertThat(target.get("validatingadmissionpolicy", "bulkhead-fence")
                        .<Number>get("status", "observedGeneration"))
                .isNotNull());
    }

    private int run(String... more) {
        var arguments = new ArrayList<>(List.of(
                "cluster",
                "add",
                "east",
                "--apply",
                "--hub-kubeconfig",
                hub.kube().kubeconfig().toString(),
                "--kubeconfig",
                target.kube().kubeconfig().toString()));
        arguments.addAll(List.of(more));
        return BulkheadCommand.run(
                new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
    }

    private Secret secret() {
        return hub.client().secrets().inNamespace(SYSTEM).withName("east").require();
    }

    private static Kubeconfig kubeconfig(Secret secret) {
        var vetting = new Vetting(
                new AddressRules(List.of("127.0.0.0/8"), () -> HubNetwork.UNKNOWN), InetAddress::getAllByName);
        var vetted = vetting.vet(secret.getData(), "kubeconfig");
        assertThat(vetted).isInstanceOf(Vetted.Fit.class);
        return ((Vetted.Fit) vetted).kubeconfig();
    }

    private static String token(Secret secret) {
        return ((Credential.Token) kubeconfig(secret).credential()).value();
    }

    private static void apply(KubernetesClient operator, String yaml) {
        operator.resource(yaml).fieldManager("bulkhead").forceConflicts().serverSideApply();
    }

    private static String namespace(String name, String hub) {
        return """
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s, labels: {bulkhead.dev/hub: %s}}
                """.formatted(name, hub);
    }

    private static String quota(String namespace, String hub) {
        return """
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: web, namespace: %s, labels: {bulkhead.dev/hub: %s}}
                spec: {hard: {pods: "1"}}
                """.formatted(namespace, hub);
    }

    private static void refused(ThrowingCallable call, String words) {
        assertThatThrownBy(call).isInstanceOfSatisfying(KubernetesClientException.class, it -> {
            assertThat(it.getCode()).isEqualTo(403);
            assertThat(it.getMessage()).contains(words);
        });
    }
}
