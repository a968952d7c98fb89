package dev.bulkhead.runtime;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Keeps objects without their managed fields, which are two thirds of them and which nobody here reads.
 *
 * <p>A watch may go back in time, and show an object as it was. What is older than what is known isn't believed: the API
 * server has to say which of them is true. It may be the older one, after a restore.
 */
final class PrunedStore<T extends HasMetadata> implements ItemStore<T> {

    private final Map<String, T> items = new ConcurrentHashMap<>();
    private final Consumer<T> doubt;

    /** @param doubt told what is known of an object of which something older was heard; it must not wait */
    PrunedStore(Consumer<T> doubt) {
        this.doubt = doubt;
    }

    /** What became of a doubt, unless something newer was heard since. */
    void settle(T known, T live) {
        items.replace(getKey(known), known, pruned(live));
    }

    @Override
    public String getKey(T object) {
        var metadata = object.getMetadata();
        return metadata.getNamespace() == null
                ? metadata.getName()
                : metadata.getNamespace() + "/" + metadata.getName();
    }

    @Override
    public T put(String key, T object) {
        var known = items.get(key);
        if (known != null && version(object) < version(known)) {
            doubt.accept(known);
            return known;
        }
        return items.put(key, pruned(object));
    }

    private T pruned(T object) {
        object.getMetadata().setManagedFields(List.of());
        return object;
    }

    private long version(T object) {
        return Long.parseLong(object.getMetadata().getResourceVersion());
    }

    @Override
    public T remove(String key) {
        return items.remove(key);
    }

    @Override
    public Stream<String> keySet() {
        return items.keySet().stream();
    }

    @Override
    public Stream<T> values() {
        return items.values().stream();
    }

    @Override
    public T get(String key) {
        return items.get(key);
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public boolean isFullState() {
        return false;
    }
}
