package dev.bulkhead.it.packets;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpecBuilder;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** NetworkPolicies that others write beside the operator's, by chance. */
final class ForeignPolicies {

    private static final String WORKLOAD = "bulkhead.dev/workload";
    private static final String APP = "app";
    private static final String BOTH = "Ingress Egress";
    private static final List<String> BLOCKS = List.of("0.0.0.0/0", "10.42.0.0/24", "10.42.0.0/28", "10.43.0.0/16");
    private static final List<String> EXCEPT = List.of("10.42.0.4/30", "10.42.0.9/32", "10.42.0.12/31");

    private final Shop shop;
    private final Random random;
    private int made;

    ForeignPolicies(Shop shop, Random random) {
        this.shop = shop;
        this.random = random;
    }

    NetworkPolicy ofAnyKind() {
        return policy(any(shop.namespaces()), spec(any(List.of("Ingress", "Egress", BOTH)), this::pods, this::numbers));
    }

    NetworkPolicy byAddress() {
        return policy(
                any(shop.namespaces()), spec(any(List.of("Ingress", "Egress", BOTH)), this::block, this::numbers));
    }

    NetworkPolicy byPortName() {
        return policy(any(shop.namespaces()), spec(any(List.of("Ingress", "Egress", BOTH)), this::pods, this::names));
    }

    NetworkPolicy outOnly() {
        return policy(
                any(shop.namespaces()), spec("Egress", random.nextBoolean() ? this::pods : this::block, this::numbers));
    }

    /** As the worst that somebody may do who may write policies: all of a namespace, from and to everywhere. */
    NetworkPolicy openAll() {
        return policy(
                any(shop.namespaces()),
                new NetworkPolicySpecBuilder()
                        .withPodSelector(new LabelSelector())
                        .withPolicyTypes(any(List.of("Ingress", "Egress", BOTH)).split(" "))
                        .addNewIngress()
                        .endIngress()
                        .addNewEgress()
                        .endEgress()
                        .build());
    }

    /** Where there is no policy, the first one closes. */
    NetworkPolicy narrowing() {
        return policy(shop.neighbours(), spec(any(List.of("Ingress", "Egress", BOTH)), this::pods, this::numbers));
    }

    private NetworkPolicy policy(String namespace, NetworkPolicySpec spec) {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("foreign-" + made++)
                .endMetadata()
                .withSpec(spec)
                .build();
    }

    private NetworkPolicySpec spec(
            String types, Supplier<List<NetworkPolicyPeer>> peers, Supplier<List<NetworkPolicyPort>> ports) {
        var spec = new NetworkPolicySpecBuilder().withPodSelector(selector()).withPolicyTypes(types.split(" "));
        if (types.contains("Ingress")) {
            spec.addToIngress(new NetworkPolicyIngressRuleBuilder()
                    .withFrom(peers.get())
                    .withPorts(ports.get())
                    .build());
        }
        if (types.contains("Egress")) {
            spec.addToEgress(new NetworkPolicyEgressRuleBuilder()
                    .withTo(peers.get())
                    .withPorts(ports.get())
                    .build());
        }
        return spec.build();
    }

    private List<NetworkPolicyPeer> pods() {
        return some(2, () -> {
            var peer = new NetworkPolicyPeerBuilder();
            var which = random.nextInt(3);
            if (which != 0) {
                peer.withNamespaceSelector(namespaces());
            }
            if (which != 1) {
                peer.withPodSelector(selector());
            }
            return peer.build();
        });
    }

    private List<NetworkPolicyPeer> block() {
        var cidr = any(BLOCKS);
        var except =
                cidr.equals("0.0.0.0/0") || cidr.startsWith("10.42.") ? some(2, () -> any(EXCEPT)) : List.<String>of();
        return List.of(new NetworkPolicyPeerBuilder()
                .withNewIpBlock()
                .withCidr(cidr)
                .withExcept(except.stream().distinct().toList())
                .endIpBlock()
                .build());
    }

    private List<NetworkPolicyPort> numbers() {
        return some(2, () -> switch (random.nextInt(4)) {
            case 0 -> port("TCP", Ground.HTTP);
            case 1 -> port("UDP", Ground.UDP_SIDE);
            case 2 ->
                new NetworkPolicyPortBuilder()
                        .withProtocol(any(List.of("TCP", "UDP")))
                        .build();
            default ->
                new NetworkPolicyPortBuilder(port("TCP", Ground.UNDECLARED))
                        .withEndPort(any(List.of(Ground.HTTP, Ground.TCP_SIDE)))
                        .build();
        });
    }

    /** Not «side», by which pods call different ports: what kube-router makes of such a name is by chance. */
    private List<NetworkPolicyPort> names() {
        return List.of(new NetworkPolicyPortBuilder()
                .withProtocol(any(List.of("TCP", "UDP")))
                .withPort(new IntOrString(any(List.of("http", "http", "nobodys"))))
                .build());
    }

    private static NetworkPolicyPort port(String protocol, int number) {
        return new NetworkPolicyPortBuilder()
                .withProtocol(protocol)
                .withPort(new IntOrString(number))
                .build();
    }

    private LabelSelector namespaces() {
        return switch (random.nextInt(3)) {
            case 0 -> new LabelSelector();
            case 1 -> labelled("zone", "near");
            default -> labelled("kubernetes.io/metadata.name", any(shop.namespaces()));
        };
    }

    private LabelSelector selector() {
        return switch (random.nextInt(5)) {
            case 0, 1 -> new LabelSelector();
            case 2 -> labelled(APP, any(Shop.NEIGHBOURS));
            case 3 -> labelled(WORKLOAD, any(Shop.WORKLOADS));
            default ->
                new LabelSelectorBuilder()
                        .addNewMatchExpression()
                        .withKey(WORKLOAD)
                        .withOperator(any(List.of("In", "NotIn")))
                        .withValues(Stream.of(any(Shop.WEB), any(Shop.DATA)).toList())
                        .endMatchExpression()
                        .build();
        };
    }

    private static LabelSelector labelled(String key, String value) {
        return new LabelSelectorBuilder().addToMatchLabels(key, value).build();
    }

    private <T> List<T> some(int most, Supplier<T> one) {
        return IntStream.range(0, random.nextInt(most + 1))
                .mapToObj(_ -> one.get())
                .toList();
    }

    private <T> T any(List<T> these) {
        return these.get(random.nextInt(these.size()));
    }
}
