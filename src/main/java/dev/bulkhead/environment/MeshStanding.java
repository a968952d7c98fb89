package dev.bulkhead.environment;

import dev.bulkhead.status.Conditions;
import dev.bulkhead.status.Reason;
import java.util.List;

/**
 * Whether the mesh that an environment asks for is in its cluster. What the mesh needs of us, annotations, is written either
 * way: taken away when it can't be seen for a moment, and put back, it would restart every pod twice.
 */
final class MeshStanding {

    static final String CONDITION = "MeshReady";

    private MeshStanding() {}

    private static final int FIRST = 5;

    /** Adds nothing where no mesh is asked for, or where nobody knows what the cluster has. */
    static void add(Conditions conditions, Blueprint blueprint, List<String> unmeshed) {
        var offers = blueprint.capabilities().offers();
        if (!blueprint.meshed() || offers.apis().isEmpty()) {
            return;
        }
        var linkerd = offers.linkerd();
        if (linkerd == null) {
            conditions.add(
                    CONDITION,
                    false,
                    Reason.MeshMissing,
                    "The cluster serves no policy.linkerd.io: its pods run without a proxy, and NetworkPolicies alone keep"
                            + " them apart, by address and port and not by request. Install Linkerd there and restart the pods, or set mesh.provider to None");
            return;
        }
        if (!unmeshed.isEmpty()) {
            conditions.add(CONDITION, false, Reason.PodsUnmeshed, missed(unmeshed));
            return;
        }
        conditions.add(
                CONDITION,
                true,
                Reason.Ready,
                "Linkerd%s, outbound transport mode %s"
                        .formatted(
                                linkerd.version() == null ? "" : " " + linkerd.version(),
                                linkerd.outboundTransportMode() == null ? "unknown" : linkerd.outboundTransportMode()));
    }

    /** The injector may have been away when they were made, or not there yet; nothing injects a pod that runs. */
    private static String missed(List<String> unmeshed) {
        var more = unmeshed.size() - FIRST;
        return ("%d pods that are to be in the mesh have no proxy: %s%s. The mesh refuses nothing for them, and lets them in"
                        + " nowhere by name. Restart them, and see why Linkerd's injector passed them over")
                .formatted(
                        unmeshed.size(),
                        String.join(", ", unmeshed.stream().limit(FIRST).toList()),
                        more > 0 ? " and %d more".formatted(more) : "");
    }
}
