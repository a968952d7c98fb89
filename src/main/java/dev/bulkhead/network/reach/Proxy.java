package dev.bulkhead.network.reach;

import dev.bulkhead.api.v1alpha1.InboundPolicy;
import java.util.stream.IntStream;

/**
 * The mesh's proxy beside the containers of a pod, and how it was told to behave when the pod was made.
 *
 * @param skipInbound ports that it never sees
 * @param skipOutbound ports that calls of the pod go to without it
 * @param opaque ports on which it doesn't look for HTTP
 * @param requireIdentity ports that take no caller without an identity, where no Server says otherwise
 * @param inbound what holds for ports without a Server
 */
public record Proxy(
        boolean present,
        PortSet skipInbound,
        PortSet skipOutbound,
        PortSet opaque,
        PortSet requireIdentity,
        InboundPolicy inbound) {

    public static final Proxy NONE =
            new Proxy(false, PortSet.NONE, PortSet.NONE, PortSet.NONE, PortSet.NONE, InboundPolicy.ALL_UNAUTHENTICATED);

    /** One that passes nothing by. */
    public static final Proxy USUAL =
            new Proxy(true, PortSet.NONE, PortSet.NONE, PortSet.NONE, PortSet.NONE, InboundPolicy.ALL_UNAUTHENTICATED);

    /** Where a proxy takes connections that another proxy made. */
    public static final int INBOUND = 4143;

    public static final int ADMIN = 4191;

    /** Its control port and its admin port, which are called by their own numbers. */
    static final PortSet DIRECT = PortSet.tcp(IntStream.of(4190, ADMIN));

    /** What is its own, and leads nowhere when it is called. */
    static final PortSet INNER = PortSet.tcp(IntStream.of(4140, INBOUND));

    /** All ports that it listens on. */
    static final PortSet OWN = INNER.or(DIRECT);
}
