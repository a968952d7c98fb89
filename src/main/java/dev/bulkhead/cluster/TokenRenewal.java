package dev.bulkhead.cluster;

import dev.bulkhead.api.v1alpha1.KubeconfigSecretRef;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.cluster.TokenRotation.Verdict;
import dev.bulkhead.cluster.kubeconfig.Kubeconfig;
import dev.bulkhead.cluster.kubeconfig.Kubeconfig.Credential;
import dev.bulkhead.cluster.kubeconfig.OwnKubeconfig;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the token in a kubeconfig Secret: asks the target for another of the same account, and stores it on the hub. The
 * old one goes on being good, so whatever fails in between is simply done again.
 */
final class TokenRenewal {

    private static final Logger LOG = LoggerFactory.getLogger(TokenRenewal.class);

    /** There is half a life left; no reason to ask a target that refuses once a minute. */
    private static final Duration AGAIN = Duration.ofMinutes(5);

    private final KubeconfigSecret kubeconfigs;
    private final Clock clock;
    private Instant next = Instant.MIN;

    TokenRenewal(KubeconfigSecret kubeconfigs, Clock clock) {
        this.kubeconfigs = kubeconfigs;
        this.clock = clock;
    }

    /**
     * Asks and stores, if it is time.
     *
     * @param ref where the kubeconfig is from; without a key nobody could say which of several would be found next
     * @param target a client with the credential that is renewed
     */
    void renew(KubeconfigSecretRef ref, Kubeconfig kubeconfig, KubernetesClient target) {
        var now = clock.instant();
        if (ref.key() == null
                || now.isBefore(next)
                || !(kubeconfig.credential() instanceof Credential.Token(String token))
                || !(TokenRotation.decide(token, now) instanceof Verdict.Renew renew)) {
            return;
        }
        next = now.plus(AGAIN);
        try {
            kubeconfigs
                    .get(ref.name())
                    .filter(TokenRenewal::isEnabled)
                    .ifPresent(secret -> store(
                            secret,
                            ref.key(),
                            OwnKubeconfig.of(kubeconfig.server(), kubeconfig.authority(), ask(target, renew))));
        } catch (KubernetesClientException e) {
            LOG.warn(
                    "The token of the target in Secret {} isn't renewed: {}. It is tried again; while it is good nothing else happens",
                    ref.name(),
                    e.getMessage());
        }
    }

    private static boolean isEnabled(Secret secret) {
        return Optional.ofNullable(secret.getMetadata().getAnnotations())
                .map(it -> it.get(TokenRotation.ANNOTATION))
                .filter(TokenRotation.ENABLED::equals)
                .isPresent();
    }

    private static String ask(KubernetesClient target, Verdict.Renew renew) {
        return target.serviceAccounts()
                .inNamespace(renew.namespace())
                .withName(renew.account())
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(renew.life().toSeconds())
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    private void store(Secret secret, String key, String kubeconfig) {
        var encoded = Base64.getEncoder().encodeToString(kubeconfig.getBytes(StandardCharsets.UTF_8));
        var meta = secret.getMetadata();
        kubeconfigs
                .hub()
                .secrets()
                .inNamespace(meta.getNamespace())
                .withName(meta.getName())
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON)
                                .withFieldManager(Ownership.MANAGER)
                                .build(),
                        Serialization.asJson(List.of(
                                Map.of(
                                        "op",
                                        "test",
                                        "path",
                                        "/metadata/resourceVersion",
                                        "value",
                                        meta.getResourceVersion()),
                                Map.of("op", "replace", "path", "/data/" + key, "value", encoded))));
    }
}
