package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the platform's own pods are; the defaults are those of K3s. */
@Wire
public record PlatformPeers(
        @JsonPropertyDescription("The cluster's DNS. Without it: k8s-app=kube-dns in kube-system.")
        PlatformPeer dns,

        @JsonPropertyDescription("The ingress controller. Without it: app.kubernetes.io/name=traefik in kube-system.")
        PlatformPeer ingress,

        @JsonPropertyDescription("The metrics collector. Without it: app.kubernetes.io/name=prometheus in monitoring.")
        PlatformPeer metrics) {

    public PlatformPeers(@Nullable PlatformPeer dns, @Nullable PlatformPeer ingress, @Nullable PlatformPeer metrics) {
        this.dns = Absent.or(dns, new PlatformPeer("kube-system", Map.of("k8s-app", "kube-dns")));
        this.ingress = Absent.or(ingress, new PlatformPeer("kube-system", Map.of("app.kubernetes.io/name", "traefik")));
        this.metrics =
                Absent.or(metrics, new PlatformPeer("monitoring", Map.of("app.kubernetes.io/name", "prometheus")));
    }
}
