package dev.bulkhead.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * What the objects of one watch tell together, kept current.
 *
 * @param <T> the objects
 * @param <V> what they tell
 */
final class Told<T extends HasMetadata, V> implements AutoCloseable, ResourceEventHandler<T> {

    private final SharedIndexInformer<T> watch;
    private final Function<List<T>, V> read;
    private final Runnable changed;
    private final AtomicReference<V> value;

    /**
     * @param watch not started
     * @param changed told when it is something else than before
     */
    Told(SharedIndexInformer<T> watch, Function<List<T>, V> read, Runnable changed) {
        this.watch = watch;
        this.read = read;
        this.changed = changed;
        this.value = new AtomicReference<>(read.apply(List.of()));
    }

    /** Waits for the first list. */
    void start() {
        FirstLists.await(watch.start().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS));
        value.set(all());
        watch.addEventHandler(this);
    }

    V value() {
        return value.get();
    }

    private V all() {
        return read.apply(watch.getStore().list());
    }

    private void look() {
        var now = all();
        if (!now.equals(value.getAndSet(now))) {
            changed.run();
        }
    }

    @Override
    public void onAdd(T object) {
        look();
    }

    /** Most of what changes about an object tells nothing. */
    @Override
    public void onUpdate(T before, T after) {
        if (!read.apply(List.of(before)).equals(read.apply(List.of(after)))) {
            look();
        }
    }

    @Override
    public void onDelete(T object, boolean unknown) {
        look();
    }

    @Override
    public void close() {
        watch.close();
    }
}
