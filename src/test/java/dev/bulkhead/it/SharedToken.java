package dev.bulkhead.it;

import dev.bulkhead.kube.TestCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * What becomes of a token that two namespaces have, in the order in which the API server took it: whoever uses a value has
 * to be let in by everybody who checks, in both.
 */
final class SharedToken implements AutoCloseable {

    /** What happened, and to what: the revision orders it over all kinds. */
    private record Event(long revision, Watcher.Action action, HasMetadata object) {}

    /** What a Secret holds, and so what a pod has that is started with it. */
    private record Held(String value, Set<String> accepted) {}

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<Watch> watches = new ArrayList<>();

    private SharedToken() {}

    static SharedToken watched(TestCluster cluster, String home, String elsewhere) {
        var token = new SharedToken();
        for (var namespace : List.of(home, elsewhere)) {
            var client = cluster.client();
            var secret = namespace.equals(home) ? "token" : "key";
            token.events.addAll(Stream.concat(
                            client.pods().inNamespace(namespace).list().getItems().stream(),
                            Stream.of(client.secrets()
                                    .inNamespace(namespace)
                                    .withName(secret)
                                    .get()))
                    .map(it -> new Event(Watches.revision(it), Watcher.Action.ADDED, it))
                    .toList());
            token.watches.add(client.pods().inNamespace(namespace).watch(token.watcher()));
            token.watches.add(
                    client.secrets().inNamespace(namespace).withName(secret).watch(token.watcher()));
        }
        return token;
    }

    private <T extends HasMetadata> Watcher<T> watcher() {
        return Watches.each((action, object) -> events.add(new Event(Watches.revision(object), action, object)));
    }

    /** What is wrong at any instant; empty when nothing is. */
    List<String> wrong() {
        return told().stream().filter(it -> it.startsWith("wrong")).toList();
    }

    List<String> told() {
        var told = new ArrayList<String>();
        var secrets = new HashMap<String, Held>();
        var pods = new HashMap<String, Held>();
        var users = new HashSet<String>();
        var values = new HashSet<String>();
        events.stream()
                .distinct()
                .sorted(Comparator.comparingLong(Event::revision).thenComparing(it -> it.object() instanceof Pod))
                .forEach(event -> {
                    take(event, secrets, pods, users);
                    secrets.values().forEach(it -> values.add(it.value()));
                    if (secrets.size() == 2) {
                        told.addAll(judged(event.revision(), secrets, pods, users));
                    }
                });
        if (values.size() == 2
                && secrets.values().stream().allMatch(it -> it.accepted().equals(Set.of(it.value())))) {
            told.add("the old one is accepted nowhere");
        }
        return told;
    }

    private void take(Event event, Map<String, Held> secrets, Map<String, Held> pods, Set<String> users) {
        var metadata = event.object().getMetadata();
        if (event.object() instanceof Secret secret) {
            secrets.put(metadata.getNamespace(), held(secret));
        } else if (event.action() == Watcher.Action.DELETED || hasEnded((Pod) event.object())) {
            pods.remove(metadata.getUid());
        } else if (secrets.containsKey(metadata.getNamespace())) {
            // It starts after it was made, and with no older value.
            pods.putIfAbsent(metadata.getUid(), secrets.get(metadata.getNamespace()));
            if (!metadata.getLabels().get("bulkhead.dev/workload").equals("checker")) {
                users.add(metadata.getUid());
            }
        }
    }

    /** Nothing of it runs any more, though a kubelet takes it away a moment later. */
    static boolean hasEnded(Pod pod) {
        return Set.of("Succeeded", "Failed").contains(pod.getStatus().getPhase());
    }

    private static Held held(Secret secret) {
        return new Held(
                Watches.text(secret, "value"),
                Set.of(Watches.text(secret, "accepted").strip().split("\n")));
    }

    private static List<String> judged(
            long revision, Map<String, Held> secrets, Map<String, Held> pods, Set<String> users) {
        var used = new HashSet<String>();
        var accepted = new HashSet<Set<String>>();
        secrets.values().forEach(it -> {
            used.add(it.value());
            accepted.add(it.accepted());
        });
        pods.forEach((pod, held) -> {
            if (users.contains(pod)) {
                used.add(held.value());
            } else {
                accepted.add(held.accepted());
            }
        });
        return accepted.stream()
                .filter(them -> !them.containsAll(used))
                .map(them -> "wrong at %d: %d values are used, and somebody lets in %d others"
                        .formatted(revision, used.size(), them.size()))
                .toList();
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }
}
