package dev.bulkhead.runtime;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.environment.Slices;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Last accepted slices as ControllerRevisions, owned by their contributor and gone with it. Read once, at start. Their
 * data can't be changed, so a newer version is a new object, and the older one goes after it is there.
 */
final class Revisions implements Slices {

    private static final String SLICE = "bulkhead.dev/slice";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;
    private final Map<String, ControllerRevision> last = new ConcurrentHashMap<>();

    Revisions(KubernetesClient client) {
        this.client = client;
    }

    void load() {
        client.apps().controllerRevisions().inAnyNamespace().withLabel(SLICE).list().getItems().stream()
                .forEach(revision ->
                        last.merge(revision.getMetadata().getLabels().get(SLICE), revision, this::newest));
    }

    /** A crash between the new one and the removal of the older leaves both. */
    private ControllerRevision newest(ControllerRevision one, ControllerRevision other) {
        var older = one.getRevision() > other.getRevision() ? other : one;
        client.resource(older).delete();
        return older == one ? other : one;
    }

    @Override
    public <T extends HasMetadata> Optional<T> last(String namespace, Origin origin, String uid, Class<T> type) {
        return Optional.ofNullable(last.get(uid)).map(revision -> JSON.convertValue(revision.getData(), type));
    }

    /** The contributor is gone, and its revisions with it. */
    void forget(String uid) {
        last.remove(uid);
    }

    @Override
    public void drop(HasMetadata contributor) {
        var revision = last.remove(contributor.getMetadata().getUid());
        if (revision != null) {
            client.resource(revision).delete();
        }
    }

    @Override
    public void accept(Origin origin, HasMetadata contributor) {
        var uid = contributor.getMetadata().getUid();
        var before = last.get(uid);
        long generation = contributor.getMetadata().getGeneration();
        if (before != null && before.getRevision() >= generation) {
            return;
        }
        var revision = revision(origin, contributor, generation);
        try {
            client.resource(revision).create();
        } catch (KubernetesClientException e) {
            // 409: written before a crash; the name is the contributor and its generation, so it is the same.
            if (e.getCode() != 409) {
                throw e;
            }
        }
        last.put(uid, revision);
        if (before != null) {
            client.resource(before).delete();
        }
    }

    private static ControllerRevision revision(Origin origin, HasMetadata contributor, long generation) {
        var metadata = contributor.getMetadata();
        return new ControllerRevisionBuilder()
                .withNewMetadata()
                .withNamespace(metadata.getNamespace())
                .withName("slice-%s-%d".formatted(metadata.getUid(), generation))
                .withLabels(Map.of(SLICE, metadata.getUid(), Ownership.MANAGED_BY, Ownership.MANAGER))
                .addNewOwnerReference()
                .withApiVersion(contributor.getApiVersion())
                .withKind(contributor.getKind())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .endOwnerReference()
                .endMetadata()
                .withRevision(generation)
                .withData(Map.of(
                        "metadata",
                        Map.of(
                                "name", metadata.getName(),
                                "namespace", metadata.getNamespace(),
                                "uid", metadata.getUid(),
                                "generation", generation),
                        "spec",
                        JSON.convertValue(spec(contributor), Map.class)))
                .build();
    }

    private static Object spec(HasMetadata contributor) {
        return ((CustomResource<?, ?>) contributor).getSpec();
    }
}
