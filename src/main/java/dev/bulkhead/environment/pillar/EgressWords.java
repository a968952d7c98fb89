package dev.bulkhead.environment.pillar;

import dev.bulkhead.apply.Kind;
import dev.bulkhead.cluster.Capabilities;
import dev.bulkhead.network.LinkerdVersion;
import java.util.Optional;

/**
 * In which words a cluster's mesh understands a name. Linkerd up to 2.20 reads routes of TLS in their alpha version only,
 * which newer Gateway APIs don't serve any more; it passes over the others, and a wall whose gates it doesn't see blocks
 * everything.
 */
record EgressWords(Capabilities capabilities) {

    private static final String GATEWAY_API = Kind.TLS_ROUTE_ALPHA.apiVersion();

    Optional<String> obstacle() {
        var served = capabilities.served();
        if (!served.contains(Kind.EGRESS_NETWORK) || !served.contains(Kind.HTTP_ROUTE)) {
            return Optional.of("the cluster serves no %s %s or no %s %s"
                    .formatted(
                            Kind.EGRESS_NETWORK.apiVersion(),
                            Kind.EGRESS_NETWORK.kind(),
                            Kind.HTTP_ROUTE.apiVersion(),
                            Kind.HTTP_ROUTE.kind()));
        }
        var alpha = capabilities.offers().serves(GATEWAY_API, Kind.TLS_ROUTE_ALPHA.kind());
        return alpha || served.contains(Kind.TLS_ROUTE) && readsWhatIsServed()
                ? Optional.empty()
                : Optional.of("the cluster serves no TLSRoute in a version that its Linkerd is known to read");
    }

    /** The one that is served; which of them it is written in makes no difference to what is kept. */
    Kind tlsRoute() {
        return capabilities.served().contains(Kind.TLS_ROUTE) ? Kind.TLS_ROUTE : Kind.TLS_ROUTE_ALPHA;
    }

    private boolean readsWhatIsServed() {
        return Optional.ofNullable(capabilities.offers().linkerd())
                .flatMap(linkerd -> LinkerdVersion.of(linkerd.version()))
                .filter(version -> version.isSince("2.21", "edge-26.9"))
                .isPresent();
    }
}
