package dev.bulkhead.environment.pillar;

import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.apply.Level;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.network.Hole;
import dev.bulkhead.network.Hole.Direction;
import dev.bulkhead.network.Peer;
import dev.bulkhead.network.WirePort;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.util.List;
import java.util.Map;

/**
 * Puts what is open, and for whom, into NetworkPolicies.
 *
 * @param origin the resource that asks for it
 */
record Policies(Blueprint blueprint, Origin origin) {

    /** What a policy opens, in words: {@code frontend calls api on port http}. */
    static final String EDGE = "bulkhead.dev/edge";

    Entry egress(WorkloadSlice from, String name, String edge, List<Peer> to, List<WirePort> ports) {
        return hole(from.namespace(), name, edge, hole(Direction.EGRESS, from, to, ports));
    }

    Entry ingress(WorkloadSlice to, String name, String edge, List<Peer> from, List<WirePort> ports) {
        return hole(to.namespace(), name, edge, hole(Direction.INGRESS, to, from, ports));
    }

    Entry hole(String namespace, String name, String edge, Hole hole) {
        return policy(namespace, name, edge, hole.render(), Level.FOUNDATION);
    }

    Entry policy(String namespace, String name, String edge, NetworkPolicySpec spec, Level level) {
        var policy = new NetworkPolicyBuilder()
                .withMetadata(blueprint
                        .metadata(namespace, name)
                        .addToAnnotations(EDGE, edge)
                        .build())
                .withSpec(spec)
                .build();
        return new ObjectEntry(policy, level, origin);
    }

    static List<Peer> pods(WorkloadSlice workload) {
        return List.of(new Peer.Pods(workload.namespace(), workload.selector()));
    }

    static LabelSelector selector(Map<String, String> labels) {
        return new LabelSelectorBuilder().withMatchLabels(labels).build();
    }

    private static Hole hole(Direction direction, WorkloadSlice workload, List<Peer> peers, List<WirePort> ports) {
        return new Hole(direction, selector(workload.selector()), peers, ports);
    }
}
