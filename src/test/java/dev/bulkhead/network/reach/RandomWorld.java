package dev.bulkhead.network.reach;

import dev.bulkhead.api.v1alpha1.InboundPolicy;
import dev.bulkhead.api.v1alpha1.NetworkPolicyEngine;
import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.network.reach.Endpoint.Listening;
import dev.bulkhead.network.reach.Endpoint.Probing;
import dev.bulkhead.network.reach.Facts.Transport;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A small world by chance. Every object has a seed of its own, so that a world shrinks by leaving objects out. Names are
 * few, so that they meet.
 */
record RandomWorld(List<Long> endpoints, List<Long> policies, List<Long> meshObjects, long facts) {

    static final List<String> NODES = List.of("192.168.7.7");
    static final List<String> POD_ADDRESSES = List.of("10.42.0.0", "10.42.0.1", "10.42.0.2", "10.42.0.3");

    /** At least one in every part that the blocks below cut the address space into. */
    static final List<String> OTHER_ADDRESSES = List.of(
            "8.8.8.8",
            "203.0.113.1",
            "203.0.113.200",
            "10.0.0.1",
            "10.1.2.3",
            "192.168.0.1",
            "172.16.0.1",
            "2600::1",
            "2001:db8::1",
            "fd00::1",
            "192.168.7.7");

    private static final List<String> BLOCKS = List.of(
            "0.0.0.0/0",
            "10.0.0.0/8",
            "10.42.0.0/30",
            "10.42.0.2/31",
            "10.42.0.1/32",
            "10.1.0.0/16",
            "203.0.113.0/24",
            "203.0.113.128/25",
            "192.168.0.0/16",
            "::/0",
            "2001:db8::/32");

    /** The first twice, so that most of what depends on each other meets. */
    private static final List<String> NAMESPACES = List.of("a", "a", "b");

    private static final List<String> APPS = List.of("x", "y", "z");
    private static final List<Integer> PORTS = List.of(8080, 8081, 9090, 5432, 4143, 4191);
    private static final List<String> PATHS = List.of("/", "/v1", "/v1/", "/v1/admin", "/health");
    private static final List<Map<String, String>> EXTRAS =
            List.of(Map.of("name", "canary", "value", "1"), Map.of("name", "beta", "value", "1"));

    World world() {
        var made = new ArrayList<Endpoint>();
        endpoints.forEach(seed -> made.add(new Choice(new Random(seed)).endpoint(made.size())));
        var mesh = new LinkedHashMap<String, GenericKubernetesResource>();
        meshObjects.forEach(seed -> {
            var object = new Choice(new Random(seed)).meshObject();
            var metadata = object.getMetadata();
            mesh.putIfAbsent(
                    String.join(
                            " ", object.getApiVersion(), object.getKind(), metadata.getNamespace(), metadata.getName()),
                    object);
        });
        return new World(
                made,
                IntStream.range(0, policies.size())
                        .mapToObj(index -> new Choice(new Random(policies.get(index))).policy("p" + index))
                        .toList(),
                List.copyOf(mesh.values()),
                Map.of("a", Map.of("team", "one"), "b", Map.of("team", "two", "extra", "")),
                new Choice(new Random(facts)).facts());
    }

    /** Random picks, one after the other. */
    private record Choice(Random random) {

        private boolean oneIn(int many) {
            return random.nextInt(many) == 0;
        }

        @SafeVarargs
        private <T> T pick(T... of) {
            return of[random.nextInt(of.length)];
        }

        private <T> T pick(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }

        private <T> List<T> some(int most, Supplier<T> one) {
            return Stream.generate(one).limit(random.nextInt(most + 1)).toList();
        }

        private <T> List<T> several(int most, Supplier<T> one) {
            return Stream.generate(one).limit(1 + random.nextInt(most)).toList();
        }

        private Facts facts() {
            return new Facts(
                    pick(Transport.HEADER, Transport.TRANSPARENT, Transport.UNKNOWN),
                    "cluster.local",
                    "linkerd",
                    InboundPolicy.ALL_UNAUTHENTICATED,
                    PortSet.parse("5432"),
                    oneIn(3) ? List.of("192.168.0.0/16", "10.42.0.2/31") : List.of("0.0.0.0/0", "::/0"),
                    List.of("10.0.0.0/8", "fd00::/8"),
                    List.of("10.42.0.0/30"),
                    NODES,
                    NetworkPolicyEngine.Unknown);
        }

        private Endpoint endpoint(int number) {
            var meshed = !oneIn(3);
            var onNode = !meshed && oneIn(4);
            var ports = new ArrayList<>(List.of(
                    new Listening("http", Protocol.TCP, 8080),
                    new Listening("dns", Protocol.UDP, 8080),
                    new Listening(pick("metrics", "http"), Protocol.TCP, 9090)));
            if (meshed) {
                ports.add(new Listening("linkerd-admin", Protocol.TCP, 4191));
            }
            return new Endpoint(
                    pick(NAMESPACES),
                    "w" + number,
                    Map.of("app", pick(APPS), "tier", pick("front", "back")),
                    pick("x", "y", "default"),
                    ports,
                    some(2, () -> new Probing(pick(8080, 9090, 5432), "GET", pick("/", "/health"), !oneIn(5))),
                    meshed ? proxy() : Proxy.NONE,
                    onNode,
                    onNode || oneIn(2)
                            ? List.of()
                            : Block.of(List.of(pick(POD_ADDRESSES))).stream()
                                    .map(block -> block.cidr().toSequentialRange())
                                    .toList());
        }

        private Proxy proxy() {
            return new Proxy(
                    true,
                    oneIn(4) ? PortSet.parse("9090,8000-8080") : PortSet.NONE,
                    oneIn(4) ? PortSet.parse("8081") : PortSet.NONE,
                    oneIn(2) ? PortSet.parse("5432,9090") : PortSet.NONE,
                    oneIn(4) ? PortSet.parse("8081,5432") : PortSet.NONE,
                    pick(InboundPolicy.values()));
        }

        private NetworkPolicy policy(String name) {
            var rules = random.nextInt(3);
            return new NetworkPolicyBuilder()
                    .withNewMetadata()
                    .withNamespace(pick(NAMESPACES))
                    .withName(name)
                    .endMetadata()
                    .withNewSpec()
                    .withPodSelector(selector())
                    .withPolicyTypes(
                            pick(List.of(), List.of("Ingress"), List.of("Egress"), List.of("Ingress", "Egress")))
                    .withIngress(some(rules, () -> new NetworkPolicyIngressRuleBuilder()
                            .withFrom(some(2, this::peer))
                            .withPorts(some(2, this::port))
                            .build()))
                    .withEgress(some(rules, () -> new NetworkPolicyEgressRuleBuilder()
                            .withTo(some(2, this::peer))
                            .withPorts(some(2, this::port))
                            .build()))
                    .endSpec()
                    .build();
        }

        private NetworkPolicyPeer peer() {
            var peer = new NetworkPolicyPeerBuilder();
            return switch (random.nextInt(4)) {
                case 0 -> peer.withPodSelector(selector()).build();
                case 1 -> peer.withNamespaceSelector(namespaces()).build();
                case 2 ->
                    peer.withNamespaceSelector(namespaces())
                            .withPodSelector(selector())
                            .build();
                default ->
                    peer.withIpBlock(new IPBlock(pick(BLOCKS), some(2, () -> pick(BLOCKS))))
                            .build();
            };
        }

        private LabelSelector namespaces() {
            return switch (random.nextInt(4)) {
                case 0 -> new LabelSelector();
                case 1 ->
                    new LabelSelectorBuilder()
                            .addToMatchLabels("kubernetes.io/metadata.name", pick(NAMESPACES))
                            .build();
                case 2 ->
                    new LabelSelectorBuilder().addToMatchLabels("team", "one").build();
                default ->
                    new LabelSelectorBuilder()
                            .addToMatchExpressions(
                                    new LabelSelectorRequirement("extra", pick("Exists", "DoesNotExist"), List.of()))
                            .build();
            };
        }

        private LabelSelector selector() {
            return switch (random.nextInt(4)) {
                case 0 -> new LabelSelector();
                case 1 ->
                    new LabelSelectorBuilder()
                            .addToMatchLabels("app", pick(APPS))
                            .build();
                case 2 ->
                    new LabelSelectorBuilder()
                            .addToMatchExpressions(new LabelSelectorRequirement(
                                    pick("app", "tier", "none"),
                                    pick("In", "NotIn"),
                                    List.of(pick(APPS), pick("front", "x"))))
                            .build();
                default ->
                    new LabelSelectorBuilder()
                            .addToMatchLabels("tier", pick("front", "back"))
                            .addToMatchExpressions(new LabelSelectorRequirement("app", "NotIn", List.of(pick(APPS))))
                            .build();
            };
        }

        private NetworkPolicyPort port() {
            var port = new NetworkPolicyPortBuilder().withProtocol(pick("TCP", "TCP", "TCP", "UDP"));
            return switch (random.nextInt(5)) {
                case 0 -> port.build();
                case 1 ->
                    port.withPort(new IntOrString(pick("http", "metrics", "dns")))
                            .build();
                case 2 ->
                    port.withPort(new IntOrString(8000))
                            .withEndPort(pick(8080, 9000))
                            .build();
                default -> port.withPort(new IntOrString(pick(PORTS))).build();
            };
        }

        private GenericKubernetesResource meshObject() {
            var object =
                    switch (random.nextInt(8)) {
                        case 0, 1 -> server();
                        case 2 -> identities();
                        case 3 -> networks();
                        case 4, 5 -> authorization();
                        default -> route();
                    };
            object.getMetadata().setCreationTimestamp("2026-01-0%d".formatted(1 + random.nextInt(9)));
            return object;
        }

        private GenericKubernetesResource linkerd(String kind, List<String> names, Map<String, Object> spec) {
            return Objects.object("policy.linkerd.io/v1", kind, pick(NAMESPACES), pick(names), spec);
        }

        private GenericKubernetesResource server() {
            return linkerd(
                    "Server",
                    List.of("s1", "s2"),
                    Map.of(
                            "podSelector",
                            Map.of("matchLabels", oneIn(3) ? Map.of() : Map.of("app", pick(APPS))),
                            "port",
                            this.<Object>pick(8080, 8081, 9090, "http", "metrics", "linkerd-admin"),
                            "proxyProtocol",
                            pick("unknown", "HTTP/1", "HTTP/1", "HTTP/2", "gRPC", "opaque", "TLS"),
                            "accessPolicy",
                            pick("deny", "deny", "deny", "audit", "all-authenticated", "cluster-unauthenticated")));
        }

        private GenericKubernetesResource identities() {
            return oneIn(2)
                    ? linkerd(
                            "MeshTLSAuthentication",
                            List.of("m"),
                            Map.of(
                                    "identities",
                                    several(
                                            2,
                                            () -> pick(
                                                    "*",
                                                    "*.a.serviceaccount.identity.linkerd.cluster.local",
                                                    "x.b.serviceaccount.identity.linkerd.cluster.local"))))
                    : linkerd(
                            "MeshTLSAuthentication",
                            List.of("m"),
                            Map.of(
                                    "identityRefs",
                                    several(
                                            2,
                                            () -> pick(
                                                    Map.of("kind", "ServiceAccount", "name", "x"),
                                                    Map.of("kind", "ServiceAccount", "name", "y", "namespace", "b"),
                                                    Map.of("kind", "Namespace", "name", "a")))));
        }

        private GenericKubernetesResource networks() {
            return linkerd(
                    "NetworkAuthentication",
                    List.of("n"),
                    Map.of(
                            "networks",
                            several(2, () -> Map.of("cidr", pick(BLOCKS), "except", some(1, () -> pick(BLOCKS))))));
        }

        private GenericKubernetesResource authorization() {
            Object target =
                    switch (random.nextInt(6)) {
                        case 0 -> Map.of("kind", "Namespace", "name", pick(NAMESPACES));
                        case 1, 2 ->
                            Map.of(
                                    "group",
                                    pick("gateway.networking.k8s.io", "policy.linkerd.io"),
                                    "kind",
                                    "HTTPRoute",
                                    "name",
                                    pick("r1", "r2", "r3"));
                        default -> Map.of("group", "policy.linkerd.io", "kind", "Server", "name", pick("s1", "s2"));
                    };
            return linkerd(
                    "AuthorizationPolicy",
                    List.of("z1", "z2", "z3"),
                    Map.of(
                            "targetRef",
                            target,
                            "requiredAuthenticationRefs",
                            some(
                                    2,
                                    () -> pick(
                                            Map.of("kind", "MeshTLSAuthentication", "name", "m"),
                                            Map.of("kind", "NetworkAuthentication", "name", "n"),
                                            Map.of("kind", "NetworkAuthentication", "name", "n", "namespace", "a"),
                                            Map.of("kind", "ServiceAccount", "name", "x", "namespace", "a")))));
        }

        private GenericKubernetesResource route() {
            return Objects.object(
                    pick("gateway.networking.k8s.io/v1", "policy.linkerd.io/v1beta3"),
                    "HTTPRoute",
                    pick(NAMESPACES),
                    pick("r1", "r2", "r3"),
                    Map.of(
                            "parentRefs",
                            several(
                                    2,
                                    () -> Map.of(
                                            "group", "policy.linkerd.io", "kind", "Server", "name", pick("s1", "s2"))),
                            "hostnames",
                            oneIn(5) ? List.of("api.example.com") : List.of(),
                            "rules",
                            several(2, () -> Map.of("matches", some(2, this::match)))));
        }

        private Map<String, Object> match() {
            Object path = Map.of("type", pick("Exact", "PathPrefix"), "value", pick(PATHS));
            var headers = some(oneIn(3) ? 2 : 0, () -> pick(EXTRAS));
            return oneIn(2)
                    ? Map.of("path", path, "headers", headers)
                    : Map.of("path", path, "headers", headers, "method", pick("GET", "POST"));
        }
    }
}
