package dev.bulkhead.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A target cluster, as the applier sees it. */
public interface Target {

    /** What the watches last said of an object, our own writes included. No request. */
    Optional<Observation> observed(Ref ref);

    /** Everything that carries an environment's labels and has fields of ours. No request. */
    List<Observation> owned(EnvironmentId environment);

    /** Reads it. */
    Optional<GenericKubernetesResource> get(Ref ref);

    /** Server-side apply. */
    GenericKubernetesResource apply(Ref ref, GenericKubernetesResource desired, String manager, boolean force);

    /** What would come of a server-side apply. Nothing is kept. */
    GenericKubernetesResource dryRun(Ref ref, GenericKubernetesResource desired, String manager);

    /**
     * JSON patch.
     *
     * @param dryRun whether only the answer counts, and nothing is kept
     */
    GenericKubernetesResource patch(Ref ref, List<Map<String, Object>> operations, boolean dryRun);

    /**
     * Deletes the object that has this UID.
     *
     * @return what is still there and has begun to go; nothing if it is gone
     */
    Optional<GenericKubernetesResource> delete(Ref ref, String uid);

    boolean holdsVolumeClaims(String namespace);

    Inventory inventory(EnvironmentId environment);

    void store(EnvironmentId environment, Inventory inventory);

    /** The values behind a secret entry, read now. The caller drops them when they are written. */
    Map<String, String> secretData(EnvironmentId environment, Entry.SecretEntry entry);
}
