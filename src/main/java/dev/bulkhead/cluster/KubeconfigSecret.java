package dev.bulkhead.cluster;

import dev.bulkhead.api.v1alpha1.KubeconfigSecretRef;
import dev.bulkhead.apply.Digest;
import dev.bulkhead.cluster.kubeconfig.Kubeconfig;
import dev.bulkhead.cluster.kubeconfig.Vetted;
import dev.bulkhead.cluster.kubeconfig.Vetting;
import dev.bulkhead.status.Reason;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the kubeconfig of a target is kept. It is read each time, and only hashes of it are remembered. */
public record KubeconfigSecret(KubernetesClient hub, String namespace, Vetting vetting, Digest digest) {

    /** What came of reading it. */
    sealed interface Found {

        /**
         * @param place a hash of where the cluster is, and of who vouches for it
         * @param credential a hash of what it is shown
         * @param data a hash of all that is in the Secret
         * @param secret that it was read from
         * @param key under which
         */
        record Fit(Kubeconfig kubeconfig, String place, String credential, String data, Secret secret, String key)
                implements Found {

            @Override
            public String toString() {
                return "a kubeconfig for " + kubeconfig.server();
            }
        }

        /** @param data a hash of all that is in the Secret, if it could be read */
        record Unfit(ProbeResult.Failed why, Optional<String> data) implements Found {}
    }

    Found read(KubeconfigSecretRef ref) {
        try {
            var secret =
                    hub.secrets().inNamespace(namespace).withName(ref.name()).get();
            return secret == null
                    ? new Found.Unfit(
                            ProbeResult.refused(
                                    Reason.WaitingForSecret,
                                    "Secret %s/%s with its kubeconfig isn't there. Create it, or name another in spec.kubeconfig"
                                            .formatted(namespace, ref.name())),
                            Optional.empty())
                    : vetted(ref, secret);
        } catch (KubernetesClientException e) {
            // The hub's trouble, and not the target's: what is open stays open.
            return new Found.Unfit(
                    ProbeResult.passing(
                            Reason.WaitingForSecret,
                            "Secret %s/%s with its kubeconfig can't be read: %s"
                                    .formatted(namespace, ref.name(), e.getMessage())),
                    Optional.empty());
        }
    }

    private Found vetted(KubeconfigSecretRef ref, Secret secret) {
        var data = Optional.ofNullable(secret.getData()).orElse(Map.of());
        var hash = digest.of(data);
        return switch (vetting.vet(data, ref.key())) {
            case Vetted.Fit(Kubeconfig it, String key) ->
                new Found.Fit(
                        it,
                        digest.of(List.of(it.server().toString(), it.authority())),
                        digest.of(shown(it.credential())),
                        hash,
                        secret,
                        key);
            case Vetted.Unfit unfit ->
                new Found.Unfit(
                        ProbeResult.refused(
                                Reason.KubeconfigRefused,
                                "Secret %s/%s: %s".formatted(namespace, ref.name(), unfit.message())),
                        Optional.of(hash));
            case Vetted.Unresolved unresolved ->
                new Found.Unfit(
                        ProbeResult.passing(
                                Reason.ClusterUnreachable,
                                "Secret %s/%s: %s".formatted(namespace, ref.name(), unresolved.message())),
                        Optional.of(hash));
        };
    }

    private static List<String> shown(Kubeconfig.Credential credential) {
        return switch (credential) {
            case Kubeconfig.Credential.Token token -> List.of(token.value());
            case Kubeconfig.Credential.Certificate certificate -> List.of(certificate.chain(), certificate.key());
        };
    }
}
