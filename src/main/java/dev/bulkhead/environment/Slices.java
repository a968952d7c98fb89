package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.apply.Origin;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/**
 * The last accepted version of each contributor, kept in the hub so that it survives a restart: an edit that is refused
 * then doesn't take away what runs.
 */
public interface Slices {

    /** @param uid of the contributor; another resource of the same name has no past */
    <T extends HasMetadata> Optional<T> last(String namespace, Origin origin, String uid, Class<T> type);

    default Optional<SecretScope> last(SecretScope scope) {
        var metadata = scope.getMetadata();
        return last(
                metadata.getNamespace(), Origin.secretScope(metadata.getName()), metadata.getUid(), SecretScope.class);
    }

    /** Remembers this version, when it is newer than the one that is remembered. */
    void accept(Origin origin, HasMetadata contributor);

    /** Forgets a contributor's past: its environment was let go. */
    void drop(HasMetadata contributor);
}
