package dev.bulkhead.network;

import dev.bulkhead.api.v1alpha1.WorkloadPort;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a proxy of the mesh takes the bytes of a port for. */
public enum ProxyProtocol {
    HTTP_1("HTTP/1"),
    HTTP_2("HTTP/2"),
    /** Bytes. The proxy doesn't wait for the client to speak first, and sees no requests. */
    OPAQUE("opaque"),
    /** The proxy looks at the first bytes. */
    UNKNOWN("unknown");

    private static final Map<String, ProxyProtocol> SPOKEN = Map.of(
            "http", HTTP_1,
            "kubernetes.io/ws", HTTP_1,
            "http2", HTTP_2,
            "h2c", HTTP_2,
            "kubernetes.io/h2c", HTTP_2,
            "grpc", HTTP_2);

    /** Where servers speak first, as Linkerd itself assumes it: SMTP, MySQL, PostgreSQL, Redis and so on. */
    private static final Set<Integer> USUALLY_OPAQUE = Set.of(25, 587, 3306, 4444, 5432, 6379, 9300, 11211);

    private final String value;

    ProxyProtocol(String value) {
        this.value = value;
    }

    /** As its {@code appProtocol} says; without one, as its number does. */
    public static ProxyProtocol of(WorkloadPort port) {
        if (port.appProtocol() == null) {
            return isUsuallyOpaque(port.containerPort()) ? OPAQUE : UNKNOWN;
        }
        return SPOKEN.getOrDefault(port.appProtocol().toLowerCase(Locale.ROOT), OPAQUE);
    }

    /** What a proxy that was told nothing takes for opaque. */
    public static boolean isUsuallyOpaque(int number) {
        return USUALLY_OPAQUE.contains(number);
    }

    /** As a Server writes it. */
    public String value() {
        return value;
    }
}
