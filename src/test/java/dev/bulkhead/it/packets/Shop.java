package dev.bulkhead.it.packets;

import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/** An environment of eight workloads in two namespaces, and pods beside it that belong to nobody. */
final class Shop implements AutoCloseable {

    static final List<String> WEB = List.of("frontend", "api", "cart", "search");
    static final List<String> DATA = List.of("db", "cache", "queue", "audit");
    static final List<String> WORKLOADS =
            Stream.of(WEB, DATA).flatMap(List::stream).toList();
    static final List<String> NEIGHBOURS = List.of("porter", "stranger");
    static final List<String> PORTS = List.of("http", "side");

    private static final String SERVES = "[serve, \"--ports=%d,%d,%d\", \"--udp=%d\"]"
            .formatted(Ground.HTTP, Ground.TCP_SIDE, Ground.UNDECLARED, Ground.UDP_SIDE);

    private final TestCluster cluster;
    private final TestNamespace hub;

    /** A call, or an edge of a set. */
    record Edge(String from, String to, String port) implements Comparable<Edge> {

        @Override
        public int compareTo(Edge other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return "%s -> %s %s".formatted(from, to, port);
        }
    }

    private final Set<Edge> calls = new TreeSet<>();
    private final Set<Edge> allowed = new TreeSet<>();
    private final Set<String> egress = new TreeSet<>();

    Shop(TestCluster cluster, TestNamespace hub) {
        this.cluster = cluster;
        this.hub = hub;
    }

    /** Nobody else can have the node's port while this pod is there. */
    @Override
    public void close() {
        var onNode = neighbours() + "/on-node";
        if (cluster.find("pod", onNode).isPresent()) {
            cluster.delete("pod", onNode);
            cluster.awaitGone("pod", onNode);
        }
    }

    String namespace(String name) {
        return hub + "-staging-" + name;
    }

    String neighbours() {
        return hub + "-neighbours";
    }

    List<String> namespaces() {
        return List.of(namespace("web"), namespace("data"), neighbours());
    }

    void open(List<Edge> first) {
        calls.addAll(first);
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: TargetCluster
                metadata: {name: local}
                spec: {local: {}}
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: EnvironmentClass
                metadata: {name: packets}
                spec:
                  hubNamespaces: {matchLabels: {bulkhead.dev/team: "true"}}
                  clusters: [local]
                  registries: [registry.example.com]
                  egress: {cidrs: [10.42.0.0/26]}
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: Environment
                metadata: {name: staging}
                spec:
                  classRef: {name: packets}
                  clusterRef: {name: local}
                  mesh: {provider: None}
                  namespaces: [{name: web}, {name: data}]
                """);
        WORKLOADS.forEach(this::runs);
        cluster.applyYaml("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s, labels: {zone: near}}
                """.formatted(neighbours()));
        NEIGHBOURS.forEach(this::lives);
        cluster.applyYaml("""
                apiVersion: v1
                kind: Pod
                metadata: {name: on-node, namespace: %s, labels: {app: on-node}}
                spec:
                  hostNetwork: true
                  containers:
                  - name: app
                    image: registry.example.com/bulkhead/testapp:1
                    imagePullPolicy: IfNotPresent
                    args: [serve, "--ports=%2$d"]
                    ports: [{name: http, containerPort: %2$d}]
                """.formatted(neighbours(), Ground.ON_NODE));
    }

    /** Half of them say that they listen by UDP, too; all do. */
    private void runs(String workload) {
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Workload
                metadata: {name: staging-%1$s}
                spec:
                  environmentRef: {name: staging}
                  name: %1$s
                  targetNamespace: %2$s
                  image: registry.example.com/bulkhead/testapp:1
                  replicas: %3$d
                  args: %4$s
                  ports:
                  - {name: http, port: 80, targetPort: %5$d}
                  - {name: side, port: 81, %6$s}
                  calls: %7$s
                  resources: {requests: {cpu: 5m, memory: 16Mi}}
                """.formatted(
                        workload,
                        WEB.contains(workload) ? "web" : "data",
                        workload.equals("frontend") ? 2 : 1,
                        SERVES,
                        Ground.HTTP,
                        speaksUdp(workload)
                                ? "protocol: UDP, targetPort: " + Ground.UDP_SIDE
                                : "targetPort: " + Ground.TCP_SIDE,
                        calls(workload)));
    }

    private static boolean speaksUdp(String workload) {
        return WORKLOADS.indexOf(workload) % 2 == 1;
    }

    private void lives(String neighbour) {
        cluster.applyYaml("""
                apiVersion: v1
                kind: Pod
                metadata: {name: %1$s, namespace: %2$s, labels: {app: %1$s}}
                spec:
                  containers:
                  - name: app
                    image: registry.example.com/bulkhead/testapp:1
                    imagePullPolicy: IfNotPresent
                    args: %3$s
                    ports: [{name: http, containerPort: %4$d}, {name: side, containerPort: %5$d}]
                """.formatted(neighbour, neighbours(), SERVES, Ground.HTTP, Ground.TCP_SIDE));
    }

    void awaitReady() {
        cluster.awaitReady(hub.of("staging"));
        WORKLOADS.forEach(workload -> cluster.awaitReady("workload", workload(workload)));
        cluster.eventually(() -> Assertions.assertThat(
                        cluster.client().pods().inNamespace(neighbours()).list().getItems())
                .allMatch(pod -> "Running".equals(pod.getStatus().getPhase())));
    }

    private String workload(String name) {
        return hub.of("staging-" + name);
    }

    /** It is there afterwards if it wasn't before. */
    Edit call(Edge edge) {
        return new Edit(
                toggle(calls, edge) + " call " + edge,
                () -> cluster.patch(
                        "workload", workload(edge.from), "{\"spec\":{\"calls\":%s}}".formatted(calls(edge.from))),
                () -> inForce("workload", workload(edge.from)));
    }

    Edit allow(Edge edge) {
        return new Edit(toggle(allowed, edge) + " allowed edge " + edge, this::declareSet, this::setInForce);
    }

    Edit egress(String from, String cidr) {
        return new Edit(
                toggle(
                                egress,
                                "{from: [{workload: %s}], to: {cidr: %s}, ports: [%d, %d]}"
                                        .formatted(from, cidr, Ground.HTTP, Ground.UNDECLARED))
                        + " egress of %s to %s".formatted(from, cidr),
                this::declareSet,
                this::setInForce);
    }

    private static <T> String toggle(Set<T> set, T element) {
        if (set.remove(element)) {
            return "one less:";
        }
        set.add(element);
        return "one more:";
    }

    private String calls(String workload) {
        return calls.stream()
                .filter(edge -> edge.from.equals(workload))
                .map(edge -> "{\"workload\": \"%s\", \"port\": \"%s\"}".formatted(edge.to, edge.port))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private void declareSet() {
        cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: NetworkPolicySet
                metadata: {name: staging}
                spec:
                  environmentRef: {name: staging}
                  allow: %s
                  egress: %s
                """.formatted(
                        allowed.stream()
                                .map(edge -> "{from: [{workload: %s}], to: {workload: %s, port: %s}}"
                                        .formatted(edge.from, edge.to, edge.port))
                                .toList(),
                        egress));
    }

    private boolean setInForce() {
        return inForce("networkpolicyset", hub.of("staging"));
    }

    private boolean inForce(String kind, String object) {
        var found = cluster.get(kind, object);
        var ready = cluster.conditions(kind, object).get("Ready");
        return ready != null
                && ready.isTrue()
                && ready.observedGeneration() == found.getMetadata().getGeneration();
    }
}
