package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the platform's own pods are; the defaults are those of K3s. */
@Wire
@ValidationRule(
        value = "!has(self.dns) || !has(self.dns.serviceAccount)",
        message = "the DNS is called and calls nobody: remove its serviceAccount",
        fieldPath = ".dns")
public record PlatformPeers(
        @JsonPropertyDescription("The cluster's DNS. Without it: k8s-app=kube-dns in kube-system.")
        PlatformPeer dns,

        @JsonPropertyDescription("The ingress controller. Without it: app.kubernetes.io/name=traefik in kube-system.")
        PlatformPeer ingress,

        @JsonPropertyDescription("The metrics collector. Without it: app.kubernetes.io/name=prometheus in monitoring.")
        PlatformPeer metrics) {

    public PlatformPeers(@Nullable PlatformPeer dns, @Nullable PlatformPeer ingress, @Nullable PlatformPeer metrics) {
        this.dns = Absent.or(dns, new PlatformPeer("kube-system", Map.of("k8s-app", "kube-dns"), null));
        this.ingress =
                Absent.or(ingress, new PlatformPeer("kube-system", Map.of("app.kubernetes.io/name", "traefik"), null));
        this.metrics = Absent.or(
                metrics, new PlatformPeer("monitoring", Map.of("app.kubernetes.io/name", "prometheus"), null));
    }
}
