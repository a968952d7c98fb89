package dev.bulkhead.cluster;

import dev.bulkhead.apply.Kind;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The watches of one target that see a kind everywhere. They come and go with the kinds that it serves. */
final class KindWatches implements AutoCloseable {

    private final Function<Kind, SharedIndexInformer<?>> watch;
    private final Consumer<Kind> forget;
    private final Map<Kind, SharedIndexInformer<?>> watches = new EnumMap<>(Kind.class);
    private final AtomicBoolean doubted = new AtomicBoolean();
    private CompletableFuture<Void> begun = CompletableFuture.completedFuture(null);
    private boolean closed;

    /**
     * @param watch makes the watch of a kind, not started
     * @param forget told of a kind that isn't watched any more
     */
    KindWatches(Function<Kind, SharedIndexInformer<?>> watch, Consumer<Kind> forget) {
        this.watch = watch;
        this.forget = forget;
    }

    /**
     * Watches these kinds and no others.
     *
     * @return done when each has its first list
     */
    synchronized CompletableFuture<Void> only(Set<Kind> kinds) {
        if (closed) {
            return begun;
        }
        for (var gone : List.copyOf(watches.keySet())) {
            if (!kinds.contains(gone)) {
                watches.remove(gone).close();
                forget.accept(gone);
            }
        }
        for (var kind : kinds) {
            if (!watches.containsKey(kind)) {
                var informer = watch.apply(kind);
                watches.put(kind, informer);
                begun = CompletableFuture.allOf(begun, informer.start().toCompletableFuture());
            }
        }
        return begun;
    }

    /** Those of which it isn't known yet what there is. */
    synchronized Set<Kind> pending() {
        return watches.entrySet().stream()
                .filter(watch -> !watch.getValue().hasSynced())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** A write was refused: perhaps because the kind was taken out of the cluster, which no watch tells. */
    void refused(Kind kind, KubernetesClientException refusal) {
        if (kind.isAdded() && refusal.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
            doubted.set(true);
        }
    }

    /** Whether something spoke, since this was asked last, for a kind being gone that the cluster has served. */
    boolean isInDoubt() {
        return doubted.getAndSet(false);
    }

    @Override
    public synchronized void close() {
        closed = true;
        watches.values().forEach(SharedIndexInformer::close);
    }
}
