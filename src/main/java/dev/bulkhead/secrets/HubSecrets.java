package dev.bulkhead.secrets;

import dev.bulkhead.apply.Digest;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The Secrets of the hub namespaces that have a SecretScope. Of each value only a keyed hash is kept.
 */
public final class HubSecrets implements AutoCloseable {

    private static final Duration FIRST_LISTS = Duration.ofSeconds(20);

    private final KubernetesClient client;
    private final Digest digest;
    private final Consumer<String> changed;
    private final Map<String, Hashes> namespaces = new ConcurrentHashMap<>();

    /** @param changed told in which hub namespace a Secret came, changed or went */
    public HubSecrets(KubernetesClient client, Digest digest, Consumer<String> changed) {
        this.client = client;
        this.digest = digest;
        this.changed = changed;
    }

    /** Starts to watch the Secrets of a hub namespace, if nobody does yet. Doesn't wait. */
    public void watch(String namespace) {
        namespaces.computeIfAbsent(namespace, Hashes::new);
    }

    /** Waits until every watch that was started has its first list, so that a restart sees what was there before. */
    public void awaitFirstLists() {
        CompletableFuture.allOf(namespaces.values().stream()
                        .map(hashes -> hashes.listed)
                        .toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, FIRST_LISTS.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** Name → data key → keyed hash. */
    public Map<String, Map<String, String>> find(String namespace) {
        var hashes = namespaces.get(namespace);
        return hashes == null ? Map.of() : Map.copyOf(hashes.known);
    }

    @Override
    public void close() {
        namespaces.values().forEach(Hashes::close);
    }

    /** The store of the informer for one namespace. */
    private final class Hashes implements ItemStore<Secret>, AutoCloseable {

        private final String namespace;
        private final Map<String, Map<String, String>> known = new ConcurrentHashMap<>();
        private final SharedIndexInformer<Secret> informer;
        private final CompletableFuture<Void> listed;

        Hashes(String namespace) {
            this.namespace = namespace;
            this.informer = client.secrets()
                    .inNamespace(namespace)
                    .runnableInformer(0)
                    .removeNamespaceIndex()
                    .itemStore(this)
                    .exceptionHandler((_, _) -> true);
            this.listed = informer.start().toCompletableFuture();
        }

        @Override
        public void close() {
            informer.close();
        }

        @Override
        public String getKey(Secret secret) {
            return namespace + "/" + secret.getMetadata().getName();
        }

        @Override
        public Secret put(String key, Secret secret) {
            var hashes = new TreeMap<String, String>();
            if (secret.getData() != null) {
                secret.getData().forEach((name, value) -> hashes.put(name, digest.of(value)));
            }
            var before = known.put(secret.getMetadata().getName(), Map.copyOf(hashes));
            if (!hashes.equals(before)) {
                changed.accept(namespace);
            }
            return before == null ? null : minimal(secret.getMetadata().getName());
        }

        @Override
        public Secret remove(String key) {
            var name = key.substring(key.indexOf('/') + 1);
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
            var name = key.substring(key.indexOf('/') + 1);
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

        private Secret minimal(String name) {
            return new SecretBuilder()
                    .withNewMetadata()
                    .withNamespace(namespace)
                    .withName(name)
                    .endMetadata()
                    .build();
        }
    }
}
