package dev.bulkhead.environment;

import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Inventory;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Observation;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.apply.Site;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A target that has what it is told, and takes what is applied for the whole of an object. Nothing can be written to it. */
final class StubSite implements Site {

    private final Map<Ref, GenericKubernetesResource> objects = new HashMap<>();
    private final Map<Ref, String> refusals = new HashMap<>();
    private final List<Pod> pods = new ArrayList<>();
    private Inventory inventory = Inventory.EMPTY;

    void has(String text) {
        // What begins with a brace would be read as JSON.
        var yaml = "---\n" + text;
        var object = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        if (object.getKind().equals("Pod")) {
            pods.add(Serialization.unmarshal(yaml, Pod.class));
        } else {
            objects.put(Ref.of(object), object);
        }
    }

    void refuses(Ref ref, String message) {
        refusals.put(ref, message);
    }

    Inventory inventory() {
        return inventory;
    }

    @Override
    public Optional<GenericKubernetesResource> get(Ref ref) {
        return Optional.ofNullable(objects.get(ref));
    }

    @Override
    public GenericKubernetesResource dryRun(Ref ref, GenericKubernetesResource desired, String manager) {
        if (refusals.containsKey(ref)) {
            throw new KubernetesClientException(refusals.get(ref), 422, null);
        }
        return desired;
    }

    @Override
    public List<GenericKubernetesResource> list(Kind kind, String namespace) {
        return objects.entrySet().stream()
                .filter(it ->
                        it.getKey().kind() == kind && it.getKey().namespace().equals(namespace))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public List<Pod> pods(String namespace) {
        return pods;
    }

    @Override
    public Inventory inventory(EnvironmentId environment) {
        return inventory;
    }

    @Override
    public void store(EnvironmentId environment, Inventory inventory) {
        this.inventory = inventory;
    }

    @Override
    public Optional<Observation> observed(Ref ref) {
        return Optional.empty();
    }

    @Override
    public GenericKubernetesResource patch(Ref ref, List<Map<String, Object>> operations, boolean dryRun) {
        throw new UnsupportedOperationException("Nobody was there before, who would have to go");
    }

    @Override
    public GenericKubernetesResource apply(Ref ref, GenericKubernetesResource desired, String manager, boolean force) {
        throw new UnsupportedOperationException("Whoever looks doesn't write");
    }

    @Override
    public List<Observation> owned(EnvironmentId environment) {
        return List.of();
    }

    @Override
    public Optional<GenericKubernetesResource> delete(Ref ref, String uid) {
        throw new UnsupportedOperationException("Whoever looks doesn't delete");
    }

    @Override
    public boolean holdsVolumeClaims(String namespace) {
        return false;
    }

    @Override
    public Map<String, String> secretData(EnvironmentId environment, Entry.SecretEntry entry) {
        throw new UnsupportedOperationException("Whoever looks reads no secret");
    }
}
