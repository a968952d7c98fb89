package dev.bulkhead.cluster;

import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Inventory;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.apply.SecretHashes;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The Secrets that other operators make because we asked for them: of each value only a keyed hash. They are known by a
 * label that we ask for with the Secret; none of those that say whose an object is.
 */
final class BroughtWatch implements AutoCloseable {

    private static final Set<Kind> ASKING = Set.of(Kind.EXTERNAL_SECRET, Kind.CERTIFICATE);

    private final KubernetesClient client;
    private final Digest digest;
    private final Consumer<String> changed;
    private final Map<String, SecretHashes> namespaces = new ConcurrentHashMap<>();
    private final SecretWatches watches;

    /** @param changed told in which namespace one of them came, changed or went */
    BroughtWatch(KubernetesClient client, Digest digest, Consumer<String> changed) {
        this.client = client;
        this.digest = digest;
        this.changed = changed;
        this.watches = new SecretWatches(ASKING, this::watch, namespaces::remove);
    }

    private SharedIndexInformer<?> watch(String namespace) {
        var hashes = new SecretHashes(namespace, digest, changed);
        namespaces.put(namespace, hashes);
        return client.secrets()
                .inNamespace(namespace)
                .withLabel(Ownership.BROUGHT)
                .runnableInformer(0)
                .removeNamespaceIndex()
                .itemStore(hashes)
                .exceptionHandler((_, _) -> true);
    }

    void start(Map<EnvironmentId, Inventory> inventories) {
        watches.start(inventories);
    }

    void wrote(Ref ref) {
        watches.wrote(ref);
    }

    void holds(EnvironmentId environment, Inventory inventory) {
        watches.holds(environment, inventory);
    }

    /** Data key → keyed hash; absent as long as it isn't known. */
    Optional<Map<String, String>> find(String namespace, String name) {
        return Optional.ofNullable(namespaces.get(namespace)).flatMap(hashes -> hashes.find(name));
    }

    @Override
    public void close() {
        watches.close();
    }
}
