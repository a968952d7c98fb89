package dev.bulkhead.network;

import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.api.v1alpha1.WorkloadPort;
import java.util.Set;

/**
 * Whether a caller's proxy sees requests in what goes to a port. It knows fewer names than the proxy that is called: what
 * another {@code appProtocol} says, it takes for bytes.
 */
public final class OutboundHttp {

    private static final Set<String> KNOWN =
            Set.of("http", "kubernetes.io/h2c", "kubernetes.io/ws", "linkerd.io/h2c", "linkerd.io/grpc");

    private OutboundHttp() {}

    public static boolean isSeenIn(WorkloadPort port) {
        if (port.protocol() != Protocol.TCP) {
            return false;
        }
        return port.appProtocol() == null
                ? ProxyProtocol.of(port) != ProxyProtocol.OPAQUE
                : KNOWN.contains(port.appProtocol());
    }
}
