package dev.bulkhead.network.reach;

import dev.bulkhead.network.reach.Grant.Caller;
import java.util.List;

/**
 * What the proxy beside a callee does at some of its ports.
 *
 * @param grants who gets in, by whatever route
 * @param routing the routes that are attached; none: every path is taken
 * @param probes what the kubelet asks for, where no route is attached
 * @param probing where the kubelet asks from
 */
record Gate(PortSet ports, Speech speech, List<Grant> grants, Routing routing, Requests probes, Grant probing) {

    /** What the proxy takes to be spoken. */
    enum Speech {
        /** It looks, and takes what is no HTTP for a stream of bytes. */
        DETECTED,
        HTTP,
        GRPC,
        TLS,
        /** A stream of bytes, whatever is in it. */
        OPAQUE;

        static Speech of(String proxyProtocol) {
            return switch (proxyProtocol) {
                case "HTTP/1", "HTTP/2" -> HTTP;
                case "gRPC" -> GRPC;
                case "TLS" -> TLS;
                case "opaque" -> OPAQUE;
                default -> DETECTED;
            };
        }
    }

    Access access(Caller caller) {
        var admitted = grants.stream().anyMatch(grant -> grant.admits(caller));
        return switch (speech) {
            case OPAQUE, TLS, GRPC -> admitted ? Access.ALL : Access.NONE;
            case HTTP -> {
                var requests = requests(caller, admitted);
                yield new Access(requests.isAll(), requests);
            }
            case DETECTED -> new Access(admitted, requests(caller, admitted));
        };
    }

    private Requests requests(Caller caller, boolean admitted) {
        if (routing.routes().isEmpty()) {
            var probing = this.probing.admits(caller) ? probes : Requests.NONE;
            return admitted ? Requests.ALL : probing;
        }
        return routing.open(route -> admitted || route.grants().stream().anyMatch(grant -> grant.admits(caller)));
    }

    /** Whether somebody, somewhere, would be turned away. */
    boolean guards(int everywhere) {
        return !routing.routes().isEmpty() || grants.stream().noneMatch(grant -> grant.admitsEverybody(everywhere));
    }
}
