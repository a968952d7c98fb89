package dev.bulkhead.environment.pillar;

import dev.bulkhead.apply.Kind;
import dev.bulkhead.cluster.Capabilities;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * In which words a cluster's mesh understands a name. Linkerd up to 2.20 reads routes of TLS in their alpha version only,
 * which newer Gateway APIs don't serve any more; it passes over the others, and a wall whose gates it doesn't see blocks
 * everything.
 */
record EgressWords(Capabilities capabilities) {

    /** Those that read whichever version is served. */
    private static final Pattern VERSION = Pattern.compile("(edge-|[a-z]*-?v?)(\\d{1,4})[.](\\d{1,4})([.].*)?");

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
        var linkerd = capabilities.offers().linkerd();
        if (linkerd == null || linkerd.version() == null) {
            return false;
        }
        var version = VERSION.matcher(linkerd.version());
        if (!version.matches()) {
            return false;
        }
        var major = Integer.parseInt(version.group(2));
        var minor = Integer.parseInt(version.group(3));
        return version.group(1).equals("edge-")
                ? major > 26 || major == 26 && minor >= 9
                : major > 2 || major == 2 && minor >= 21;
    }
}
