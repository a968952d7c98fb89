package dev.bulkhead.cluster;

import dev.bulkhead.apply.Ownership;
import dev.bulkhead.cluster.TokenRotation.Verdict;
import dev.bulkhead.cluster.kubeconfig.Kubeconfig;
import dev.bulkhead.cluster.kubeconfig.Kubeconfig.Credential;
import dev.bulkhead.cluster.kubeconfig.OwnKubeconfig;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Renews the token in a kubeconfig Secret: asks the target for another of the same account, and stores it on the hub. The
 * old one goes on being good, so whatever fails in between is simply done again.
 */
public final class TokenRenewal {

    private final KubernetesClient hub;
    private final Clock clock;

    public TokenRenewal(KubernetesClient hub, Clock clock) {
        this.hub = hub;
        this.clock = clock;
    }

    /**
     * Asks and stores, if it is time.
     *
     * @param secret as it was read when its kubeconfig was vetted; one that was changed since is left alone
     * @param key the one that it was under: only there a new kubeconfig would be found
     * @param target a client with the credential that is renewed
     * @return why it will end without another, in words; nothing if all is well, or this isn't ours to renew
     */
    public Optional<String> renew(Secret secret, String key, Kubeconfig kubeconfig, KubernetesClient target) {
        if (!isEnabled(secret) || !(kubeconfig.credential() instanceof Credential.Token(String token))) {
            return Optional.empty();
        }
        return switch (TokenRotation.decide(token, clock.instant())) {
            case Verdict.Leave(String message) -> Optional.of(message);
            case Verdict.Wait _ -> Optional.empty();
            case Verdict.Renew renew -> {
                var fresh = ask(target, renew);
                // It comes from the other side, and takes the place of one that works.
                if (TokenRotation.decide(fresh, clock.instant()) instanceof Verdict.Leave) {
                    yield Optional.of("what its API server gave for a new one is none of a ServiceAccount that ends");
                }
                store(secret, key, OwnKubeconfig.of(kubeconfig.server(), kubeconfig.authority(), fresh));
                yield Optional.empty();
            }
        };
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
        hub.secrets()
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
