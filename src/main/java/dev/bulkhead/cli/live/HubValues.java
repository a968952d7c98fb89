package dev.bulkhead.cli.live;

import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.cli.manifest.Manifests;
import dev.bulkhead.cli.plan.KnownSecrets;
import dev.bulkhead.secrets.material.Keys;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import java.util.TreeMap;

/**
 * The values of the hub's Secrets that an environment's entries are copied from. Of what is made nobody but the operator can
 * tell.
 *
 * @param copied entry → digest of the value; empty when there is no such value
 * @param digest what it was made with
 */
record HubValues(Map<String, String> copied, Digest digest) {

    static HubValues of(EnvironmentId environment, Manifests hub, KnownSecrets known, Digest digest) {
        var secrets = known.versions().getOrDefault(environment.namespace(), Map.of());
        var copied = new TreeMap<String, String>();
        hub.resources(SecretScope.class).stream()
                .filter(scope -> scope.getMetadata().getNamespace().equals(environment.namespace())
                        && scope.getSpec().environmentRef().name().equals(environment.name()))
                .flatMap(scope -> scope.getSpec().entries().stream())
                .filter(entry -> entry.from() != null)
                .forEach(entry -> {
                    var from = entry.from().secretRef();
                    copied.putIfAbsent(
                            entry.name(),
                            secrets.getOrDefault(from.name(), Map.of()).getOrDefault(from.key(), ""));
                });
        return new HubValues(copied, digest);
    }

    /** Whether what is published of an entry isn't what its Secret has. */
    boolean differ(Ref published, GenericKubernetesResource live) {
        var wanted = copied.get(published.name());
        return wanted != null
                && !(live.get("data", Keys.VALUE) instanceof String value && wanted.equals(digest.of(value)));
    }
}
