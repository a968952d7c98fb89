package dev.bulkhead.mesh;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Secrets of the hub, each read when it is asked for. */
public record GivenSecrets(KubernetesClient hub) implements MeshVault.Given {

    @Override
    public Optional<Map<String, byte[]>> read(String namespace, String name) {
        return Optional.ofNullable(
                        hub.secrets().inNamespace(namespace).withName(name).get())
                .map(GivenSecrets::decoded);
    }

    private static Map<String, byte[]> decoded(Secret secret) {
        return Optional.ofNullable(secret.getData()).orElse(Map.of()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, it -> Base64.getDecoder().decode(it.getValue())));
    }
}
