package dev.bulkhead.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The store of an informer of what is in namespaces. Of each object it keeps what somebody reads of it, and lets go of the
 * object as soon as it came.
 *
 * @param <T> what is watched
 * @param <S> what stays of it
 */
public abstract class ReducedStore<T extends HasMetadata, S> implements ItemStore<T> {

    /** By namespace and name, so that those of a namespace stand side by side. */
    private final ConcurrentNavigableMap<String, S> kept = new ConcurrentSkipListMap<>();

    /** What stays of an object; empty when it doesn't matter, which is as if it weren't there. */
    protected abstract Optional<S> reduced(T object);

    /** @param before null: it came */
    protected abstract void changed(@Nullable S before, S now);

    protected abstract void gone(S before);

    /** What an informer hands round for an object that it was told of before: enough to name it. */
    protected abstract T named(S stayed);

    protected final Stream<S> all() {
        return kept.values().stream();
    }

    public final Stream<S> in(String namespace) {
        // What sorts between «shop/» and «shop0» begins with «shop/».
        return kept.subMap(namespace + "/", namespace + "0").values().stream();
    }

    protected final Optional<S> find(String namespace, String name) {
        return Optional.ofNullable(kept.get(key(namespace, name)));
    }

    /** Knows more of an object than the watch said, if it is still there. */
    protected final Optional<S> amend(ObjectMeta object, UnaryOperator<S> more) {
        return Optional.ofNullable(kept.computeIfPresent(key(object), (_, now) -> more.apply(now)));
    }

    /** It isn't watched any more. */
    public final void clear() {
        kept.clear();
    }

    private static String key(ObjectMeta object) {
        return key(object.getNamespace(), object.getName());
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    @Override
    public final String getKey(T object) {
        return key(object.getMetadata());
    }

    @Override
    public final @Nullable T put(String key, T object) {
        var now = reduced(object);
        if (now.isEmpty()) {
            return remove(key);
        }
        var before = kept.put(key, now.get());
        changed(before, now.get());
        return before == null ? null : named(before);
    }

    @Override
    public final @Nullable T remove(String key) {
        var before = kept.remove(key);
        if (before == null) {
            return null;
        }
        gone(before);
        return named(before);
    }

    @Override
    public final Stream<String> keySet() {
        return kept.keySet().stream();
    }

    @Override
    public final Stream<T> values() {
        return all().map(this::named);
    }

    @Override
    public final @Nullable T get(String key) {
        var stayed = kept.get(key);
        return stayed == null ? null : named(stayed);
    }

    @Override
    public final int size() {
        return kept.size();
    }

    /** So an informer tells of its first list object by object: afterwards they aren't here any more. */
    @Override
    public final boolean isFullState() {
        return false;
    }
}
