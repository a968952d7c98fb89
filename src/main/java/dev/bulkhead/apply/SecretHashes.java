package dev.bulkhead.apply;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a watch sees of the Secrets in one namespace: the store of its informer, which keeps a keyed hash of each value. */
public final class SecretHashes implements ItemStore<Secret> {

    private final String namespace;
    private final Digest digest;
    private final Consumer<String> changed;
    private final Map<String, Map<String, String>> known = new ConcurrentHashMap<>();

    /** @param changed told in which namespace a Secret came, changed or went */
    public SecretHashes(String namespace, Digest digest, Consumer<String> changed) {
        this.namespace = namespace;
        this.digest = digest;
        this.changed = changed;
    }

    /** Name → data key → keyed hash. */
    public Map<String, Map<String, String>> all() {
        return Map.copyOf(known);
    }

    /** Data key → keyed hash. */
    public Optional<Map<String, String>> find(String name) {
        return Optional.ofNullable(known.get(name));
    }

    @Override
    public String getKey(Secret secret) {
        return namespace + "/" + secret.getMetadata().getName();
    }

    @Override
    public Secret put(String key, Secret secret) {
        var data = Optional.ofNullable(secret.getData()).orElse(Map.of());
        var hashes = data.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, it -> digest.of(it.getValue())));
        var before = known.put(secret.getMetadata().getName(), hashes);
        if (!hashes.equals(before)) {
            changed.accept(namespace);
        }
        return before == null ? null : minimal(secret.getMetadata().getName());
    }

    @Override
    public Secret remove(String key) {
        var name = name(key);
        if (known.remove(name) == null) {
            return null;
        }
        changed.accept(namespace);
        return minimal(name);
    }

    @Override
    public Stream<String> keySet() {
        return known.keySet().stream().map(name -> namespace + "/" + name);
    }

    @Override
    public Stream<Secret> values() {
        return known.keySet().stream().map(this::minimal);
    }

    @Override
    public Secret get(String key) {
        var name = name(key);
        return known.containsKey(name) ? minimal(name) : null;
    }

    @Override
    public int size() {
        return known.size();
    }

    @Override
    public boolean isFullState() {
        return false;
    }

    private static String name(String key) {
        return key.substring(key.indexOf('/') + 1);
    }

    private Secret minimal(String name) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .build();
    }
}
