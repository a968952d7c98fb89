package dev.bulkhead.it;

import dev.bulkhead.kube.TestCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** What becomes of some Secrets and pods, and in which order: by the revisions of the API server. */
final class Chronicle implements AutoCloseable {

    private record Event(long revision, Watcher.Action action, HasMetadata object) {}

    private final TestCluster cluster;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<Watch> watches = new ArrayList<>();

    private Chronicle(TestCluster cluster) {
        this.cluster = cluster;
    }

    static Chronicle of(TestCluster cluster) {
        return new Chronicle(cluster);
    }

    Chronicle secret(String namespace, String name) {
        watches.add(
                cluster.client().secrets().inNamespace(namespace).withName(name).watch(watcher()));
        return this;
    }

    Chronicle pods(String namespace, String workload) {
        watches.add(cluster.client()
                .pods()
                .inNamespace(namespace)
                .withLabel("bulkhead.dev/workload", workload)
                .watch(watcher()));
        return this;
    }

    private <T extends HasMetadata> Watcher<T> watcher() {
        return Watches.each((action, object) -> events.add(new Event(Watches.revision(object), action, object)));
    }

    /** When a Secret was like that for the first time. */
    long first(String secret, Predicate<Secret> like) {
        return events.stream()
                .filter(it -> it.object() instanceof Secret one
                        && one.getMetadata().getName().equals(secret)
                        && like.test(one))
                .mapToLong(Event::revision)
                .min()
                .orElseThrow(() -> new AssertionError("Secret %s was never like that".formatted(secret)));
    }

    /** When each of these pods ended, of those that did. */
    List<Long> ends(Collection<String> uids) {
        return uids.stream()
                .flatMap(uid -> events.stream()
                        .filter(it -> it.object() instanceof Pod pod
                                && pod.getMetadata().getUid().equals(uid)
                                && (it.action() == Watcher.Action.DELETED || SharedToken.hasEnded(pod)))
                        .map(Event::revision)
                        .min(Long::compare)
                        .stream())
                .toList();
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }
}
