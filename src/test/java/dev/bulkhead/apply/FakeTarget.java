package dev.bulkhead.apply;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.apply.SecretReader.SecretMissing;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A target in memory with server-side apply in its simplest form: maps are merged by field, lists are one value, and a
 * field that its last owner leaves out goes. The watch never lags. Checks at every write that the inventory names what is
 * there.
 */
public final class FakeTarget implements Target {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, Object>> TREE = new TypeReference<>() {};
    private static final Set<List<String>> IDENTITY = Set.of(
            List.of("apiVersion"), List.of("kind"), List.of("metadata", "name"), List.of("metadata", "namespace"));

    private final Digest digest;
    private final Map<Ref, Stored> objects = new TreeMap<>();
    private final Map<EnvironmentId, Inventory> inventories = new HashMap<>();
    private final Map<Ref, Integer> refusals = new HashMap<>();
    private final Map<Ref, Integer> patience = new HashMap<>();
    private final Set<String> withVolumeClaims = new HashSet<>();
    private final Map<Ref, String> finalizers = new HashMap<>();
    private final Set<Ref> terminating = new HashSet<>();
    private final Set<String> missingSecrets = new HashSet<>();
    private final List<String> requests = new ArrayList<>();
    private int writes;
    private int uids;
    private long resourceVersions;
    private int crashAt = Integer.MAX_VALUE;
    private boolean afterwards;

    /** The operator's process ends here. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final class Stored {
        private final String uid;
        private long resourceVersion;
        private final Map<List<String>, Object> fields = new LinkedHashMap<>();
        private final Map<String, Set<List<String>>> owners = new TreeMap<>();

        Stored(String uid) {
            this.uid = uid;
        }
    }

    public FakeTarget(Digest digest) {
        this.digest = digest;
    }

    /** @param afterwards whether the write is still done, and only its answer lost */
    void crashAt(int write, boolean afterwards) {
        this.crashAt = write;
        this.afterwards = afterwards;
        this.writes = 0;
    }

    void restart() {
        crashAt = Integer.MAX_VALUE;
    }

    void refuse(Ref ref, int code) {
        refusals.put(ref, code);
    }

    /** Refuses so many times, and then no more. */
    void refuseAtFirst(Ref ref, int code, int times) {
        refuse(ref, code);
        patience.put(ref, times);
    }

    void accept(Ref ref) {
        refusals.remove(ref);
    }

    public void putVolumeClaimInto(String namespace) {
        withVolumeClaims.add(namespace);
    }

    void terminate(Ref ref) {
        terminating.add(ref);
    }

    /** Somebody else holds it when it is deleted. */
    public void holdBy(String finalizer, Ref ref) {
        finalizers.put(ref, finalizer);
    }

    public void finishDeletions() {
        Set.copyOf(terminating).forEach(this::vanish);
    }

    void loseSecret(String name) {
        missingSecrets.add(name);
    }

    /** Somebody's finalizer is on an object. */
    void hold(Ref ref) {
        holdBy("example.com/hold", ref);
    }

    /** Somebody else deletes an object, and with a namespace what is in it. */
    void vanish(Ref ref) {
        objects.remove(ref);
        terminating.remove(ref);
        if (ref.kind() == Kind.NAMESPACE) {
            objects.keySet().removeIf(it -> it.namespace().equals(ref.name()));
        }
    }

    /** Somebody else writes one field. */
    void edit(Ref ref, String manager, Object value, String... path) {
        var object = objects.computeIfAbsent(ref, _ -> new Stored("uid-" + ++uids));
        var field = List.of(path);
        object.resourceVersion = ++resourceVersions;
        object.owners.values().forEach(owned -> owned.remove(field));
        object.owners.computeIfAbsent(manager, _ -> new HashSet<>()).add(field);
        object.fields.put(field, value);
    }

    public Set<Ref> there() {
        return Set.copyOf(objects.keySet());
    }

    Object field(Ref ref, String... path) {
        return objects.get(ref).fields.get(List.of(path));
    }

    String uid(Ref ref) {
        return objects.get(ref).uid;
    }

    /** What is there, whoever made it and whenever. */
    public Map<Ref, Map<List<String>, Object>> content() {
        var content = new TreeMap<Ref, Map<List<String>, Object>>();
        objects.forEach((ref, object) -> content.put(ref, Map.copyOf(object.fields)));
        return content;
    }

    int writes() {
        return writes;
    }

    /** All requests since the last call. */
    public List<String> requests() {
        var all = List.copyOf(requests);
        requests.clear();
        return all;
    }

    @Override
    public Optional<Observation> observed(Ref ref) {
        return Optional.ofNullable(objects.get(ref)).map(it -> answer(ref, it)).flatMap(object -> {
            var labels = Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
            if (!Ownership.MANAGER.equals(labels.get(Ownership.MANAGED_BY)) || !labels.containsKey(Ownership.HUB)) {
                return Optional.empty();
            }
            return Optional.of(new Observation(
                    ref,
                    object.getMetadata().getUid(),
                    Long.parseLong(object.getMetadata().getResourceVersion()),
                    labels,
                    digest.owned(object, Ownership.MANAGER).orElse(""),
                    terminating.contains(ref) ? Health.TERMINATING : Health.READY,
                    OtherManager.of(object.getMetadata())));
        });
    }

    @Override
    public List<Observation> owned(EnvironmentId environment) {
        return objects.keySet().stream()
                .flatMap(ref -> observed(ref).stream())
                .filter(it ->
                        it.environment().equals(environment) && !it.digest().isEmpty())
                .toList();
    }

    @Override
    public Optional<GenericKubernetesResource> get(Ref ref) {
        requests.add("get " + ref);
        return Optional.ofNullable(objects.get(ref)).map(it -> answer(ref, it));
    }

    @Override
    public GenericKubernetesResource apply(Ref ref, GenericKubernetesResource desired, String manager, boolean force) {
        return write("apply %s as %s".formatted(ref, manager), () -> {
            refuseIfAsked(ref);
            if (ref.kind() != Kind.NAMESPACE && !objects.containsKey(Ref.namespace(ref.namespace()))) {
                throw new KubernetesClientException("namespaces not found", 404, null);
            }
            var object = objects.computeIfAbsent(ref, this::created);
            merge(object, flat(List.of(), JSON.convertValue(desired, TREE)), manager);
            object.resourceVersion = ++resourceVersions;
            return answer(ref, object);
        });
    }

    private void refuseIfAsked(Ref ref) {
        if (refusals.containsKey(ref)) {
            var code = refusals.get(ref);
            if (patience.computeIfPresent(ref, (_, left) -> left - 1) instanceof Integer left && left == 0) {
                accept(ref);
            }
            throw new KubernetesClientException("no", code, null);
        }
    }

    private Stored created(Ref ref) {
        if (inventories.values().stream().noneMatch(it -> it.find(ref).isPresent())) {
            throw new AssertionError(ref + " is created, and no inventory names it");
        }
        return new Stored("uid-" + ++uids);
    }

    private static void merge(Stored object, Map<List<String>, Object> desired, String manager) {
        desired.keySet().removeAll(IDENTITY);
        desired.forEach((path, value) -> {
            if (!Objects.equals(object.fields.put(path, value), value)) {
                object.owners.values().forEach(owned -> owned.remove(path));
            }
        });
        var before = object.owners.getOrDefault(manager, Set.of());
        object.owners.put(manager, new HashSet<>(desired.keySet()));
        before.stream()
                .filter(path -> object.owners.values().stream().noneMatch(owned -> owned.contains(path)))
                .forEach(object.fields::remove);
    }

    @Override
    public GenericKubernetesResource dryRun(Ref ref, GenericKubernetesResource desired, String manager) {
        throw new UnsupportedOperationException("Only a real API server knows what would come of it");
    }

    /** Of the patches that are written, only those that migrate or take away the ownership of fields are understood. */
    @Override
    public GenericKubernetesResource patch(Ref ref, List<Map<String, Object>> operations, boolean dryRun) {
        return write("patch " + ref, () -> {
            var object = objects.get(ref);
            var removed = operations.stream()
                    .filter(it -> "remove".equals(it.get("op")))
                    .map(it -> path(String.valueOf(it.get("path"))))
                    .toList();
            if (!removed.isEmpty()) {
                removed.forEach(object.fields::remove);
                object.owners.keySet().removeIf(it -> it.startsWith(Ownership.MANAGER));
                object.resourceVersion = ++resourceVersions;
                return answer(ref, object);
            }
            var ours = object.owners.computeIfAbsent(Ownership.MANAGER, _ -> new HashSet<>());
            PriorManagers.NAMES.forEach(prior ->
                    ours.addAll(Optional.ofNullable(object.owners.remove(prior)).orElse(Set.of())));
            return answer(ref, object);
        });
    }

    private static List<String> path(String pointer) {
        return Stream.of(pointer.substring(1).split("/"))
                .map(it -> it.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    @Override
    public Optional<GenericKubernetesResource> delete(Ref ref, String uid) {
        return write("delete " + ref, () -> {
            refuseIfAsked(ref);
            var there = Optional.ofNullable(objects.get(ref));
            if (there.isPresent() && !there.get().uid.equals(uid)) {
                throw new KubernetesClientException("the UID in the precondition is another", 409, null);
            }
            if (ref.kind() == Kind.NAMESPACE || finalizers.containsKey(ref)) {
                there.ifPresent(_ -> terminating.add(ref));
                return there.map(it -> answer(ref, it));
            }
            objects.remove(ref);
            return Optional.empty();
        });
    }

    @Override
    public boolean holdsVolumeClaims(String namespace) {
        requests.add("list volume claims in " + namespace);
        return withVolumeClaims.contains(namespace);
    }

    @Override
    public Inventory inventory(EnvironmentId environment) {
        return inventories.getOrDefault(environment, Inventory.EMPTY);
    }

    @Override
    public void store(EnvironmentId environment, Inventory inventory) {
        write("store inventory", () -> inventories.put(environment, inventory));
    }

    @Override
    public Map<String, String> secretData(EnvironmentId environment, Entry.SecretEntry entry) {
        if (missingSecrets.contains(entry.ref().name())) {
            throw new SecretMissing(
                    "Secret %s isn't there".formatted(entry.ref().name()));
        }
        return Map.of("value", "c2VjcmV0");
    }

    private <T> T write(String request, Supplier<T> write) {
        writes++;
        if (writes > crashAt || writes == crashAt && !afterwards) {
            throw new Crash();
        }
        requests.add(request);
        var answer = write.get();
        if (writes == crashAt) {
            throw new Crash();
        }
        return answer;
    }

    private static Map<List<String>, Object> flat(List<String> at, Map<?, ?> tree) {
        var fields = new LinkedHashMap<List<String>, Object>();
        tree.forEach((name, value) -> {
            var path = new ArrayList<>(at);
            path.add(name.toString());
            if (value instanceof Map<?, ?> deeper && !deeper.isEmpty()) {
                fields.putAll(flat(path, deeper));
            } else {
                fields.put(List.copyOf(path), value);
            }
        });
        return fields;
    }

    private GenericKubernetesResource answer(Ref ref, Stored object) {
        var tree = new TreeMap<String, Object>();
        object.fields.forEach((path, value) -> put(tree, path, value));
        put(tree, List.of("apiVersion"), ref.kind().apiVersion());
        put(tree, List.of("kind"), ref.kind().kind());
        put(tree, List.of("metadata", "name"), ref.name());
        if (!ref.namespace().isEmpty()) {
            put(tree, List.of("metadata", "namespace"), ref.namespace());
        }
        put(tree, List.of("metadata", "uid"), object.uid);
        put(tree, List.of("metadata", "resourceVersion"), Long.toString(object.resourceVersion));
        var answer = JSON.convertValue(tree, GenericKubernetesResource.class);
        Optional.ofNullable(finalizers.get(ref))
                .ifPresent(it -> answer.getMetadata().setFinalizers(List.of(it)));
        answer.getMetadata()
                .setManagedFields(object.owners.entrySet().stream()
                        .filter(owner -> !owner.getValue().isEmpty())
                        .map(owner -> managed(owner.getKey(), owner.getValue()))
                        .toList());
        return answer;
    }

    private static ManagedFieldsEntry managed(String manager, Set<List<String>> paths) {
        var tree = new TreeMap<String, Object>();
        new TreeSet<>(paths.stream().map(it -> String.join("\0", it)).toList())
                .forEach(path -> put(
                        tree,
                        List.of(path.split("\0")).stream().map("f:"::concat).toList(),
                        Map.of()));
        var fields = new FieldsV1();
        tree.forEach(fields::setAdditionalProperty);
        return new ManagedFieldsEntryBuilder()
                .withManager(manager)
                .withOperation(manager.startsWith(Ownership.MANAGER) ? "Apply" : "Update")
                .withTime("2026-01-01T00:00:00Z")
                .withFieldsV1(fields)
                .build();
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> tree, List<String> path, Object value) {
        var at = tree;
        for (var step : path.subList(0, path.size() - 1)) {
            at = (Map<String, Object>) at.computeIfAbsent(step, _ -> new TreeMap<String, Object>());
        }
        at.put(path.getLast(), value);
    }
}
