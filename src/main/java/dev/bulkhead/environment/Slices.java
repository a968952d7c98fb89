package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Origin;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/**
 * The last accepted version of each contributor, kept in the hub so that it survives a restart: an edit that is refused
 * then doesn't take away what runs.
 */
public interface Slices {

    /** @param uid of the contributor; another resource of the same name has no past */
    <T extends HasMetadata> Optional<T> last(String namespace, Origin origin, String uid, Class<T> type);

    default Optional<SecretScope> last(SecretScope scope) {
        return last(scope, Origin.secretScope(scope.getMetadata().getName()), SecretScope.class);
    }

    default Optional<Workload> last(Workload workload) {
        return last(workload, Origin.workload(workload.getMetadata().getName()), Workload.class);
    }

    private <T extends HasMetadata> Optional<T> last(T contributor, Origin origin, Class<T> type) {
        var metadata = contributor.getMetadata();
        return last(metadata.getNamespace(), origin, metadata.getUid(), type);
    }

    /**
     * The SecretScopes that an environment had, and that are gone, as they were accepted last.
     *
     * @param there those that it has
     */
    List<SecretScope> departed(EnvironmentId environment, List<SecretScope> there);

    /** Remembers this version, when it is newer than the one that is remembered. */
    void accept(Environment environment, HasMetadata contributor);

    /** Forgets a contributor's past: its environment was let go, or it is gone and nobody needs it any more. */
    void drop(HasMetadata contributor);
}
