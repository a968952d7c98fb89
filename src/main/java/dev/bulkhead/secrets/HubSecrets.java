package dev.bulkhead.secrets;

import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.SecretHashes;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The Secrets of the hub namespaces that have a SecretScope. Of each value only a keyed hash is kept.
 */
public final class HubSecrets implements AutoCloseable {

    private static final Duration FIRST_LISTS = Duration.ofSeconds(20);

    private final KubernetesClient client;
    private final Digest digest;
    private final Consumer<String> changed;
    private final Map<String, Watch> namespaces = new ConcurrentHashMap<>();

    /** @param changed told in which hub namespace a Secret came, changed or went */
    public HubSecrets(KubernetesClient client, Digest digest, Consumer<String> changed) {
        this.client = client;
        this.digest = digest;
        this.changed = changed;
    }

    /** Starts to watch the Secrets of a hub namespace, if nobody does yet. Doesn't wait. */
    public void watch(String namespace) {
        namespaces.computeIfAbsent(namespace, Watch::new);
    }

    /** Waits until every watch that was started has its first list, so that a restart sees what was there before. */
    public void awaitFirstLists() {
        CompletableFuture.allOf(
                        namespaces.values().stream().map(watch -> watch.listed).toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, FIRST_LISTS.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** Name → data key → keyed hash. */
    public Map<String, Map<String, String>> find(String namespace) {
        var watch = namespaces.get(namespace);
        return watch == null ? Map.of() : watch.hashes.known();
    }

    @Override
    public void close() {
        namespaces.values().forEach(Watch::close);
    }

    /** The watch of one namespace. */
    private final class Watch implements AutoCloseable {

        private final SecretHashes hashes;
        private final SharedIndexInformer<Secret> informer;
        private final CompletableFuture<Void> listed;

        Watch(String namespace) {
            this.hashes = new SecretHashes(namespace, digest, changed);
            this.informer = client.secrets()
                    .inNamespace(namespace)
                    .runnableInformer(0)
                    .removeNamespaceIndex()
                    .itemStore(hashes)
                    .exceptionHandler((_, _) -> true);
            this.listed = informer.start().toCompletableFuture();
        }

        @Override
        public void close() {
            informer.close();
        }
    }
}
