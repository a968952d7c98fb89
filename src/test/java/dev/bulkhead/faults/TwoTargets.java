package dev.bulkhead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.Remote;
import dev.bulkhead.kube.SeenCondition;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.time.Duration;
import java.util.Map;

/**
 * Two targets of one hub, each behind a proxy of its own and added by the command line, so that the operator has the
 * rights there that it has in earnest. An environment is called as the cluster that it is in.
 */
final class TwoTargets implements AutoCloseable {

    static final String STAGING = "staging";
    static final String PRODUCTION = "production";

    /** A cluster that is well answers within this. What another suffers must not make it longer. */
    static final Duration SOON = Duration.ofSeconds(10);

    private final TestCluster hub;
    private final Map<String, Remote> remotes;
    private final Map<String, FaultProxy> proxies;

    TwoTargets(TestCluster hub, Remote staging, Remote production) {
        this.hub = hub;
        remotes = Map.of(STAGING, staging, PRODUCTION, production);
        proxies = Map.of(STAGING, FaultProxy.before(staging.kube()), PRODUCTION, FaultProxy.before(production.kube()));
    }

    /** Anew for each test: some leave a Secret that leads elsewhere, and a status that changed often changes slowly. */
    void join() {
        remotes.forEach((name, remote) -> {
            remote.leave();
            remote.add(to(name).kubeconfig());
        });
        remotes.keySet().forEach(name -> hub.awaitReady("targetcluster", name));
    }

    /** That the environments on both are looked after. The status of a cluster that came and went may lag by a minute. */
    void awaitOpen() {
        remotes.keySet()
                .forEach(name -> hub.eventually(() ->
                        assertThat(holder(name)).as("who may write to %s", name).isNotEmpty()));
    }

    /** Who may write there; empty while nobody may. */
    String holder(String name) {
        return at(name).client().leases().inNamespace("bulkhead-system").list().getItems().stream()
                .filter(it -> it.getMetadata().getName().startsWith("bulkhead-writer-"))
                .map(it -> it.getSpec().getHolderIdentity())
                .filter(it -> it != null)
                .findFirst()
                .orElse("");
    }

    FaultProxy to(String name) {
        return proxies.get(name);
    }

    TestCluster at(String name) {
        return remotes.get(name).cluster();
    }

    Remote remote(String name) {
        return remotes.get(name);
    }

    /** An environment on each, with a namespace {@code web}. */
    void inhabit(TestNamespace namespace) {
        hub.applyYaml("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: EnvironmentClass
                metadata: {name: many}
                spec:
                  hubNamespaces: {matchLabels: {bulkhead.dev/team: "true"}}
                  clusters: [staging, production]
                  registries: [registry.example.com]
                """);
        remotes.keySet().forEach(name -> environment(namespace, name, name));
        remotes.keySet().forEach(name -> hub.awaitReady(namespace.of(name)));
    }

    void environment(TestNamespace namespace, String name, String cluster, String... fields) {
        hub.applyYaml(namespace, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Environment
                metadata: {name: %s}
                spec:
                  classRef: {name: many}
                  clusterRef: {name: %s}
                  mesh: {provider: None}
                  namespaces: [{name: web}]
                """.formatted(name, cluster) + String.join("", fields));
    }

    /** How an edit shows in a target. */
    void limitPods(TestNamespace namespace, String name, int pods) {
        hub.patch(
                "environment",
                namespace.of(name),
                "{\"spec\":{\"namespaces\":[{\"name\":\"web\",\"quota\":{\"pods\":\"%d\"}}]}}".formatted(pods));
    }

    void awaitLimit(TestNamespace namespace, String name, int pods, Duration patience) {
        hub.eventually(patience, () -> assertThat(at(name).get("resourcequota", web(namespace, name) + "/web")
                        .<String>get("spec", "hard", "pods"))
                .isEqualTo(Integer.toString(pods)));
    }

    /** That a cluster does its work as if nothing were the matter elsewhere. */
    void isWell(TestNamespace namespace, String name, int pods) {
        limitPods(namespace, name, pods);
        awaitLimit(namespace, name, pods, SOON);
        hub.awaitReady(namespace.of(name));
    }

    static String web(TestNamespace namespace, String environment) {
        return "%s-%s-web".formatted(namespace, environment);
    }

    /** Waits until a TargetCluster isn't Ready, for this reason. */
    SeenCondition awaitTrouble(String name, String reason) {
        hub.eventually(() -> assertThat(hub.conditions("targetcluster", name).values())
                .as("%s", hub.conditions("targetcluster", name))
                .anyMatch(it -> it.reason().equals(reason) && !it.type().equals("Ready")));
        assertThat(hub.conditions("targetcluster", name).get("Ready"))
                .isNotNull()
                .matches(it -> !it.isTrue());
        return hub.conditions("targetcluster", name).values().stream()
                .filter(it -> it.reason().equals(reason))
                .findFirst()
                .orElseThrow();
    }

    void heal() {
        proxies.values().forEach(FaultProxy::heal);
    }

    @Override
    public void close() {
        proxies.values().forEach(FaultProxy::close);
    }
}
