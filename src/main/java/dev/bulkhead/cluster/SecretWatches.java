package dev.bulkhead.cluster;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Inventory;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Ref;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The watches of Secrets where we may read them in single namespaces only: one in each that holds some. A namespace is
 * watched from the first object that was written there and says so, until no inventory names one any more.
 */
final class SecretWatches implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Set<Kind> kinds;
    private final Function<String, SharedIndexInformer<?>> watch;
    private final Consumer<String> forget;
    private final Map<String, SharedIndexInformer<?>> watches = new ConcurrentHashMap<>();
    private final Map<EnvironmentId, Set<String>> held = new ConcurrentHashMap<>();

    /**
     * @param kinds objects of ours that say that there are Secrets in their namespace
     * @param watch makes the watch of a namespace, not started
     * @param forget told of a namespace that isn't watched any more
     */
    SecretWatches(Set<Kind> kinds, Function<String, SharedIndexInformer<?>> watch, Consumer<String> forget) {
        this.kinds = kinds;
        this.watch = watch;
        this.forget = forget;
    }

    /** What was there before this process: waits for the first lists, but not for one that is refused. */
    void start(Map<EnvironmentId, Inventory> inventories) {
        inventories.forEach((environment, inventory) -> held.put(environment, homes(inventory)));
        var lists = held.values().stream()
                .flatMap(Set::stream)
                .distinct()
                .map(this::begin)
                .toArray(CompletableFuture<?>[]::new);
        FirstLists.await(
                CompletableFuture.allOf(lists).completeOnTimeout(null, PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    /** If it is of these kinds, we may watch its namespace now. */
    void wrote(Ref ref) {
        if (!kinds.contains(ref.kind())) {
            return;
        }
        var known = watches.get(ref.namespace());
        if (known == null || !known.hasSynced()) {
            begin(ref.namespace());
        }
    }

    /** What an environment holds now: a namespace that nobody names any more isn't watched any longer. */
    void holds(EnvironmentId environment, Inventory inventory) {
        var now = homes(inventory);
        var before = now.isEmpty() ? held.remove(environment) : held.put(environment, now);
        if (before == null) {
            return;
        }
        before.stream()
                .filter(namespace -> held.values().stream().noneMatch(homes -> homes.contains(namespace)))
                .forEach(this::end);
    }

    private Set<String> homes(Inventory inventory) {
        return inventory.held().keySet().stream()
                .filter(ref -> kinds.contains(ref.kind()))
                .map(Ref::namespace)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** One that was refused until now pauses ever longer, so it is replaced. */
    private CompletableFuture<?> begin(String namespace) {
        var informer = watch.apply(namespace);
        var before = watches.put(namespace, informer);
        if (before != null) {
            before.close();
        }
        return informer.start().toCompletableFuture();
    }

    private void end(String namespace) {
        var informer = watches.remove(namespace);
        if (informer != null) {
            informer.close();
            forget.accept(namespace);
        }
    }

    @Override
    public void close() {
        watches.values().forEach(SharedIndexInformer::close);
    }
}
