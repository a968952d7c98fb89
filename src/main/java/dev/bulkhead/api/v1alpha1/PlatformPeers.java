package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the platform's own pods are; the defaults are those of K3s. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PlatformPeers(PlatformPeer dns, PlatformPeer ingress, PlatformPeer metrics) {

    public PlatformPeers(@Nullable PlatformPeer dns, @Nullable PlatformPeer ingress, @Nullable PlatformPeer metrics) {
        this.dns = Absent.or(dns, new PlatformPeer("kube-system", Map.of("k8s-app", "kube-dns")));
        this.ingress = Absent.or(ingress, new PlatformPeer("kube-system", Map.of("app.kubernetes.io/name", "traefik")));
        this.metrics =
                Absent.or(metrics, new PlatformPeer("monitoring", Map.of("app.kubernetes.io/name", "prometheus")));
    }
}
