package dev.bulkhead.faults.crash;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Every version of the objects that matter, from watches of the tests' own. */
final class History implements AutoCloseable {

    private static final Map<String, List<String>> KINDS = Map.of(
            "bulkhead.dev/v1alpha1", List.of("Environment", "Workload", "NetworkPolicySet", "SecretScope", "Operation"),
            "apps/v1", List.of("Deployment"),
            "v1", List.of("Namespace"));

    private final List<Seen> all = new ArrayList<>();
    private final List<SeenSecret> secrets = new ArrayList<>();
    private final Map<String, Seen> last = new HashMap<>();
    private final List<Watch> watches = new ArrayList<>();

    History(KubernetesClient client) {
        KINDS.forEach((version, kinds) -> kinds.forEach(kind -> {
            var objects = client.genericKubernetesResources(version, kind);
            Watcher<GenericKubernetesResource> watcher = watcher((object, gone) -> note(Seen.of(object, gone)));
            watches.add(
                    kind.equals("Namespace")
                            ? objects.watch(watcher)
                            : objects.inAnyNamespace().watch(watcher));
        }));
        Watcher<Secret> watcher = watcher((secret, gone) -> note(SeenSecret.of(secret, gone)));
        watches.add(client.secrets().inAnyNamespace().watch(watcher));
    }

    private static <T> Watcher<T> watcher(BiConsumer<T, Boolean> note) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, T object) {
                if (action != Action.BOOKMARK && action != Action.ERROR) {
                    note.accept(object, action == Action.DELETED);
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                throw new IllegalStateException("the tests' own watch broke", cause);
            }
        };
    }

    private synchronized void note(SeenSecret seen) {
        secrets.add(seen);
    }

    private synchronized void note(Seen seen) {
        all.add(seen);
        last.merge(seen.key(), seen, (one, other) -> one.at() > other.at() ? one : other);
    }

    /** What is there now, as far as the watches have it. */
    synchronized Optional<Seen> now(String kind, String namespace, String name) {
        return Optional.ofNullable(last.get("%s %s/%s".formatted(kind, namespace, name)))
                .filter(seen -> !seen.gone());
    }

    /** What was seen of one hub namespace and its environments. */
    synchronized List<Seen> of(String hub) {
        return all.stream().filter(seen -> seen.hub().equals(hub)).toList();
    }

    /** The Secrets that were seen of one hub namespace: published ones, and those in its vault. */
    synchronized List<SeenSecret> secretsOf(String hub) {
        return secrets.stream().filter(seen -> seen.hub().equals(hub)).toList();
    }

    /** The namespaces of its environments that are there now. */
    synchronized List<String> targets(String hub) {
        return last.values().stream()
                .filter(seen -> seen.kind().equals("Namespace") && !seen.gone())
                .map(Seen::name)
                .filter(name -> name.startsWith(hub + "-"))
                .toList();
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }
}
