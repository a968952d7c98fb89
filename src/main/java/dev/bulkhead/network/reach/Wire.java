package dev.bulkhead.network.reach;

import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.network.reach.Facts.Transport;
import java.util.List;

/**
 * Which port the packets of a call carry. Proxies put calls on a port of their own, and NetworkPolicies see that one and
 * not the one that was meant.
 *
 * @param direct the ports that are called by their own number
 */
record Wire(PortSet direct) {

    private static final PortSet SHARED = PortSet.of(Protocol.TCP, Proxy.INBOUND);
    private static final Wire PLAIN = new Wire(PortSet.ALL);

    /** One for each way in which the mesh may carry them. */
    static List<Wire> between(Party from, Party to, PortSet opaque, Transport transport) {
        if (!(from instanceof Endpoint caller)
                || !(to instanceof Endpoint callee)
                || !caller.meshed()
                || !callee.meshed()) {
            return List.of(PLAIN);
        }
        var skipped =
                callee.proxy().skipInbound().or(caller.proxy().skipOutbound()).or(Proxy.DIRECT);
        var header = new Wire(skipped.or(PortSet.ALL.without(PortSet.TCP)));
        var transparent = new Wire(skipped.or(PortSet.ALL.without(opaque)));
        return switch (transport) {
            case NONE, HEADER -> List.of(header);
            case TRANSPARENT -> List.of(transparent);
            case UNKNOWN -> List.of(header, transparent);
        };
    }

    /** The ports that are reached when packets on these get through. */
    PortSet reached(PortSet open) {
        if (direct.equals(PortSet.ALL)) {
            return open;
        }
        var shared = open.contains(Protocol.TCP, Proxy.INBOUND) ? PortSet.ALL.without(direct) : PortSet.NONE;
        return open.and(direct).or(shared);
    }

    /** What the packets carry that are meant for one port. */
    PortSet of(PortSet port) {
        return port.meets(direct) ? port : SHARED;
    }
}
