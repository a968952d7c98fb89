package dev.bulkhead.it.packets;

import dev.bulkhead.it.packets.Shop.Edge;
import dev.bulkhead.kube.TestCluster;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** What developers, the platform and strangers may do to who reaches whom, by chance. */
final class Edits {

    private final TestCluster cluster;
    private final Shop shop;
    private final Random random;
    private final ForeignPolicies foreign;
    private final List<NetworkPolicy> there = new ArrayList<>();

    /** Kinds of edits. */
    enum Kind {
        CALL,
        ALLOW,
        EGRESS,
        FOREIGN,
        FOREIGN_BLOCK,
        FOREIGN_NAME,
        FOREIGN_OUT,
        OPEN_ALL,
        NARROW,
        FORGET,
        RELABEL
    }

    Edits(TestCluster cluster, Shop shop, Random random) {
        this.cluster = cluster;
        this.shop = shop;
        this.random = random;
        this.foreign = new ForeignPolicies(shop, random);
    }

    /** Every kind as often as any other, give or take one, in any order. */
    List<Kind> kinds(int count) {
        var kinds = new ArrayList<Kind>();
        IntStream.range(0, count).forEach(at -> kinds.add(Kind.values()[at % Kind.values().length]));
        Collections.shuffle(kinds, random);
        return kinds;
    }

    List<Edge> calls(int count) {
        return IntStream.range(0, count).mapToObj(_ -> edge()).toList();
    }

    Edit next(Kind kind) {
        return switch (kind) {
            case CALL -> shop.call(edge());
            case ALLOW -> shop.allow(edge());
            case EGRESS ->
                shop.egress(any(Shop.WORKLOADS), any(List.of("10.42.0.0/28", "10.42.0.8/30", "10.42.0.0/26")));
            case FOREIGN -> make(foreign.ofAnyKind());
            case FOREIGN_BLOCK -> make(foreign.byAddress());
            case FOREIGN_NAME -> make(foreign.byPortName());
            case FOREIGN_OUT -> make(foreign.outOnly());
            case OPEN_ALL -> make(foreign.openAll());
            case NARROW -> make(foreign.narrowing());
            case FORGET -> there.isEmpty() ? make(foreign.openAll()) : forget();
            case RELABEL -> relabel();
        };
    }

    /** Each policy comes and goes. */
    List<Edit> hostile() {
        var edits = new ArrayList<Edit>();
        for (var policy : Hostile.all(shop.namespace("web"), shop.namespace("data"), shop.neighbours())) {
            var number = edits.size();
            edits.add(Edit.byHand(policy.says(), () -> cluster.applyYaml(policy.yaml(number))));
            edits.add(Edit.byHand(
                    "it goes",
                    () -> cluster.delete("networkpolicy", "%s/hostile-%d".formatted(policy.namespace(), number))));
        }
        return edits;
    }

    private Edge edge() {
        var from = any(Shop.WORKLOADS);
        var to = any(Shop.WORKLOADS.stream().filter(it -> !it.equals(from)).toList());
        return new Edge(from, to, any(Shop.PORTS));
    }

    private Edit make(NetworkPolicy policy) {
        there.add(policy);
        return Edit.byHand(
                "a foreign policy in %s: %s"
                        .formatted(policy.getMetadata().getNamespace(), Serialization.asJson(policy.getSpec())),
                () -> cluster.client().resource(policy).create());
    }

    private Edit forget() {
        var policy = there.remove(random.nextInt(there.size()));
        return Edit.byHand(
                "a foreign policy goes: " + policy.getMetadata().getName(),
                () -> cluster.client().resource(policy).delete());
    }

    private Edit relabel() {
        var zone = any(List.of("near", "far"));
        return Edit.byHand(
                "the neighbours move to zone " + zone,
                () -> cluster.patch(
                        "namespace",
                        shop.neighbours(),
                        "{\"metadata\":{\"labels\":{\"zone\":\"%s\"}}}".formatted(zone)));
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
