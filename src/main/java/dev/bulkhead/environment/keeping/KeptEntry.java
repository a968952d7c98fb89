package dev.bulkhead.environment.keeping;

import dev.bulkhead.api.v1alpha1.DeletionPolicy;
import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretScopeSpec;
import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.secrets.material.Issuers;
import dev.bulkhead.secrets.material.Recipe;
import dev.bulkhead.secrets.rotation.Terms;
import java.util.Optional;

/**
 * An entry that is made here, or copied from a Secret of the hub, and rotated: it has versions.
 *
 * @param scope the name of the SecretScope that it is in
 * @param anchor whose versions the bundle is made of that it is checked with: of a certificate the CA at the top
 */
public record KeptEntry(String scope, SecretScopeSpec spec, SecretEntry entry, String anchor) {

    /** What others bring into the target has no versions here. */
    public static boolean isKept(SecretEntry entry) {
        return entry.type() != SecretType.Granted && !entry.broughtByOthers();
    }

    /** Whether its versions are copies of what somebody else made. */
    boolean isCopied() {
        return entry.type() == SecretType.Static;
    }

    /** Whether its values go with it. */
    boolean isDisposable() {
        return spec.onDelete() == DeletionPolicy.Delete;
    }

    public String name() {
        return entry.name();
    }

    /** The CA entry that signs it, if one does. */
    public Optional<String> issuer() {
        return Issuers.of(entry);
    }

    public Terms terms(String hubId, EnvironmentId environment) {
        return Terms.of("%s/%s/%s".formatted(hubId, environment, name()), entry, spec, Recipe.of(entry));
    }
}
