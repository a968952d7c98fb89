package dev.bulkhead.runtime;

import dev.bulkhead.cluster.OwnNamespace;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which hub this is, and the key of its digests. Made once: the id goes into the labels of all that we own, so a hub that
 * lost it would not know its own. The key only says whether something changed; a new one costs one apply of everything.
 */
record HubIdentity(String id, byte[] key) {

    static HubIdentity readOrMake(KubernetesClient client, Settings settings) {
        OwnNamespace.ensure(client, settings.namespace());
        var id = settings.hubId().orElseGet(() -> id(client, settings.namespace()));
        OwnNamespace.mark(client, settings.namespace(), id);
        return new HubIdentity(id, Base64.getDecoder().decode(key(client, settings.namespace())));
    }

    private static String id(KubernetesClient client, String namespace) {
        var maps = client.configMaps().inNamespace(namespace).withName(OwnNamespace.IDENTITY);
        return Optional.ofNullable(maps.get())
                .map(it -> it.getData().get(OwnNamespace.ID))
                .orElseGet(() -> firstOf(
                                () -> client.resource(new ConfigMapBuilder()
                                                .withNewMetadata()
                                                .withNamespace(namespace)
                                                .withName(OwnNamespace.IDENTITY)
                                                .endMetadata()
                                                .withData(Map.of(
                                                        OwnNamespace.ID,
                                                        HexFormat.of().formatHex(random(5))))
                                                .build())
                                        .create()
                                        .getData(),
                                () -> maps.require().getData())
                        .get(OwnNamespace.ID));
    }

    private static String key(KubernetesClient client, String namespace) {
        var secrets = client.secrets().inNamespace(namespace).withName(OwnNamespace.IDENTITY);
        return Optional.ofNullable(secrets.get())
                .map(it -> it.getData().get(OwnNamespace.DIGEST_KEY))
                .orElseGet(() -> firstOf(
                                () -> client.resource(new SecretBuilder()
                                                .withNewMetadata()
                                                .withNamespace(namespace)
                                                .withName(OwnNamespace.IDENTITY)
                                                .endMetadata()
                                                .withData(Map.of(
                                                        OwnNamespace.DIGEST_KEY,
                                                        Base64.getEncoder().encodeToString(random(32))))
                                                .build())
                                        .create()
                                        .getData(),
                                () -> secrets.require().getData())
                        .get(OwnNamespace.DIGEST_KEY));
    }

    /** Another replica may be making it at the same moment: then its one counts. */
    private static Map<String, String> firstOf(Supplier<Map<String, String>> make, Supplier<Map<String, String>> read) {
        try {
            return make.get();
        } catch (KubernetesClientException e) {
            if (e.getCode() == 409) {
                return read.get();
            }
            throw e;
        }
    }

    private static byte[] random(int bytes) {
        var random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return random;
    }

    @Override
    public String toString() {
        return "hub " + id;
    }
}
