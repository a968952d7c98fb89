package dev.bulkhead.bench;

import dev.bulkhead.network.reach.Facts;
import dev.bulkhead.network.reach.World;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How long it takes to work out who reaches whom, from objects to edges: 500 meshed workloads in ten namespaces, each of
 * which calls four others. Without a cluster.
 */
final class Matrices implements Measurement {

    private static final int WORKLOADS = 500;
    private static final int CALLS = 4;
    private static final int NAMESPACES = 10;
    private static final int WARM = 9;
    private static final String LINKERD = "policy.linkerd.io/v1beta3";

    @Override
    public List<Figure> take() {
        var objects = objects();
        var first = seconds(objects);
        var warm = IntStream.range(0, WARM)
                .mapToDouble(_ -> seconds(objects))
                .sorted()
                .toArray();
        var edges = World.of(objects, Facts.USUAL).matrix().withoutKubelet().edges().stream()
                .filter(edge -> edge.mutualTls())
                .count();
        if (edges != WORKLOADS * CALLS) {
            throw new IllegalStateException("%d edges are declared and %d found".formatted(WORKLOADS * CALLS, edges));
        }
        return List.of(
                Figure.of("matrix", "objects", objects.size(), ""),
                Figure.of("matrix", "edges between workloads", edges, ""),
                Figure.of("matrix", "first in a new process", first, "s").aimingAt("< 1 s"),
                Figure.of("matrix", "once more, median of " + WARM, warm[WARM / 2], "s"));
    }

    private static double seconds(List<HasMetadata> objects) {
        var start = System.nanoTime();
        World.of(objects, Facts.USUAL).matrix();
        return (System.nanoTime() - start) / 1e9;
    }

    private static List<HasMetadata> objects() {
        var objects = new ArrayList<HasMetadata>();
        IntStream.range(0, NAMESPACES).forEach(number -> {
            objects.add(new NamespaceBuilder()
                    .withMetadata(new ObjectMetaBuilder()
                            .withName("n" + number)
                            .addToAnnotations("linkerd.io/inject", "enabled")
                            .addToAnnotations("config.linkerd.io/default-inbound-policy", "deny")
                            .build())
                    .build());
            objects.add(new NetworkPolicyBuilder()
                    .withNewMetadata()
                    .withNamespace("n" + number)
                    .withName("deny-all")
                    .endMetadata()
                    .withNewSpec()
                    .withNewPodSelector()
                    .endPodSelector()
                    .withPolicyTypes("Ingress", "Egress")
                    .endSpec()
                    .build());
        });
        IntStream.range(0, WORKLOADS).forEach(number -> {
            objects.add(workload(number));
            objects.add(mesh(
                    number,
                    "Server",
                    "w" + number,
                    Map.of(
                            "podSelector",
                            Map.of("matchLabels", Map.of("app", "w" + number)),
                            "port",
                            8080,
                            "proxyProtocol",
                            "HTTP/1",
                            "accessPolicy",
                            "deny")));
            IntStream.rangeClosed(1, CALLS)
                    .forEach(step -> objects.addAll(edge(number, (number + step * 37) % WORKLOADS)));
        });
        return objects;
    }

    private static HasMetadata workload(int number) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(namespace(number))
                .withName("w" + number)
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "w" + number)
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName("w" + number)
                .addNewContainer()
                .withName("app")
                .addNewPort()
                .withName("http")
                .withContainerPort(8080)
                .endPort()
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static List<HasMetadata> edge(int from, int to) {
        return List.of(
                hole(from, to, "Egress"),
                hole(to, from, "Ingress"),
                mesh(
                        to,
                        "MeshTLSAuthentication",
                        "w%d.from.w%d".formatted(to, from),
                        Map.of(
                                "identityRefs",
                                List.of(Map.of(
                                        "kind", "ServiceAccount", "name", "w" + from, "namespace", namespace(from))))),
                mesh(
                        to,
                        "AuthorizationPolicy",
                        "w%d.from.w%d".formatted(to, from),
                        Map.of(
                                "targetRef",
                                Map.of("group", "policy.linkerd.io", "kind", "Server", "name", "w" + to),
                                "requiredAuthenticationRefs",
                                List.of(Map.of(
                                        "group",
                                        "policy.linkerd.io",
                                        "kind",
                                        "MeshTLSAuthentication",
                                        "name",
                                        "w%d.from.w%d".formatted(to, from))))));
    }

    private static HasMetadata hole(int here, int there, String direction) {
        var other = new NetworkPolicyPeerBuilder()
                .withNewNamespaceSelector()
                .addToMatchLabels("kubernetes.io/metadata.name", namespace(there))
                .endNamespaceSelector()
                .withNewPodSelector()
                .addToMatchLabels("app", "w" + there)
                .endPodSelector()
                .build();
        var ports = Stream.of(8080, 4143)
                .map(port -> new NetworkPolicyPortBuilder()
                        .withPort(new IntOrString(port))
                        .build())
                .toList();
        var policy = new NetworkPolicyBuilder()
                .withNewMetadata()
                .withNamespace(namespace(here))
                .withName("w%d.%s.w%d".formatted(here, direction, there))
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .addToMatchLabels("app", "w" + here)
                .endPodSelector()
                .withPolicyTypes(direction);
        return (direction.equals("Ingress")
                        ? policy.addNewIngress()
                                .withFrom(other)
                                .withPorts(ports)
                                .endIngress()
                        : policy.addNewEgress().withTo(other).withPorts(ports).endEgress())
                .endSpec()
                .build();
    }

    private static HasMetadata mesh(int at, String kind, String name, Map<String, Object> spec) {
        var object = new GenericKubernetesResource();
        object.setApiVersion(LINKERD);
        object.setKind(kind);
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace(at))
                .withName(name)
                .build());
        object.setAdditionalProperty("spec", spec);
        return object;
    }

    private static String namespace(int workload) {
        return "n" + workload % NAMESPACES;
    }
}
