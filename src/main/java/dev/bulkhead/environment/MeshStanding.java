package dev.bulkhead.environment;

import dev.bulkhead.status.Conditions;
import dev.bulkhead.status.Reason;

/**
 * Whether the mesh that an environment asks for is in its cluster. What the mesh needs of us, annotations, is written either
 * way: taken away when it can't be seen for a moment, and put back, it would restart every pod twice.
 */
final class MeshStanding {

    static final String CONDITION = "MeshReady";

    private MeshStanding() {}

    /** Adds nothing where no mesh is asked for, or where nobody knows what the cluster has. */
    static void add(Conditions conditions, Blueprint blueprint) {
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
        conditions.add(
                CONDITION,
                true,
                Reason.Ready,
                "Linkerd%s, outbound transport mode %s"
                        .formatted(
                                linkerd.version() == null ? "" : " " + linkerd.version(),
                                linkerd.outboundTransportMode() == null ? "unknown" : linkerd.outboundTransportMode()));
    }
}
