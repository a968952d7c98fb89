package dev.bulkhead.apply;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Small entries of an environment, as a planner would make them. */
record Objects(Ownership ownership) {

    static final EnvironmentId STAGING = new EnvironmentId("shop", "staging");
    static final Ownership OURS = new Ownership("hub-1", STAGING, "uid-staging");
    static final Objects OF_STAGING = new Objects(OURS);

    static Plan plan(Entry... entries) {
        return new Plan(STAGING, List.of(entries));
    }

    static Plan plan(Stream<Entry> entries) {
        return new Plan(STAGING, entries.toList());
    }

    Entry namespace(String name) {
        return environments(
                new NamespaceBuilder().withMetadata(metadata(null, name)).build(), Level.NAMESPACE);
    }

    /** What the operator binds to itself, to write Secrets. */
    Entry ownAccess(String namespace) {
        return environments(
                new RoleBindingBuilder()
                        .withMetadata(metadata(namespace, "own"))
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "own")
                        .build(),
                Level.ACCESS);
    }

    Entry denyAll(String namespace) {
        return environments(
                new NetworkPolicyBuilder()
                        .withMetadata(metadata(namespace, "deny-all"))
                        .withNewSpec()
                        .withPolicyTypes("Ingress", "Egress")
                        .endSpec()
                        .build(),
                Level.DENY);
    }

    Entry file(String namespace, String name, String content) {
        return new Entry.ObjectEntry(
                new ConfigMapBuilder()
                        .withMetadata(metadata(namespace, name))
                        .withData(Map.of("file", content))
                        .build(),
                Level.FOUNDATION,
                Origin.workload(name));
    }

    Entry pods(String namespace, String name, int replicas) {
        return new Entry.ObjectEntry(deployment(namespace, name, replicas), Level.WORKLOAD, Origin.workload(name));
    }

    Entry scaledPods(String namespace, String name) {
        return new Entry.ObjectEntry(
                deployment(namespace, name, null),
                Level.WORKLOAD,
                Origin.workload(name),
                Set.of(Entry.HandedOver.REPLICAS));
    }

    Entry secret(String namespace, String name, String version) {
        return new Entry.SecretEntry(
                new Ref(Kind.SECRET, namespace, name),
                Level.FOUNDATION,
                Origin.secretScope("secrets"),
                ownership.labels(),
                ownership.annotations(),
                Map.of("value", new Entry.Source.Copy("shop", name, "key")),
                version);
    }

    private HasMetadata deployment(String namespace, String name, Integer replicas) {
        return new DeploymentBuilder()
                .withMetadata(metadata(namespace, name))
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .endSpec()
                .build();
    }

    private Entry environments(HasMetadata object, Level level) {
        return new Entry.ObjectEntry(
                object, level, Origin.environment(ownership.environment().name()));
    }

    private ObjectMeta metadata(String namespace, String name) {
        return new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(ownership.labels())
                .withAnnotations(ownership.annotations())
                .build();
    }
}
