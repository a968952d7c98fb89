package dev.bulkhead.bench;

import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.apply.Level;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** What the API server and a plain client can do at most: the same objects, no questions asked, {@value #WRITERS} at once. */
final class RawBound implements AutoCloseable {

    static final int WRITERS = 16;

    private final KubernetesClient client;
    private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);

    RawBound(KubernetesClient client) {
        this.client = client;
    }

    void apply(HasMetadata object) {
        client.resource(object).fieldManager("bench").forceConflicts().serverSideApply();
    }

    void create(HasMetadata object) {
        client.resource(object).create();
    }

    /** All of them, as many at once as there are writers. How long that took. */
    double all(List<HasMetadata> objects, Consumer<HasMetadata> how) {
        var began = System.nanoTime();
        run(objects.stream().map(object -> task(() -> how.accept(object))).toList());
        return Samples.seconds(began, System.nanoTime());
    }

    /** Many environments, each by one writer, object by object. How long that took. */
    double environments(List<List<ObjectEntry>> environments, Consumer<HasMetadata> how) {
        var began = System.nanoTime();
        run(environments.stream()
                .map(entries -> task(() -> inOrder(entries).forEach(how)))
                .toList());
        return Samples.seconds(began, System.nanoTime());
    }

    /** One environment, level by level, the objects of a level at once. How long that took. */
    double environment(List<ObjectEntry> entries, Consumer<HasMetadata> how) {
        var began = System.nanoTime();
        for (var level : Level.values()) {
            run(entries.stream()
                    .filter(entry -> entry.level() == level)
                    .map(entry -> task(() -> how.accept(entry.object())))
                    .toList());
        }
        return Samples.seconds(began, System.nanoTime());
    }

    /** Waits until the pods of a raw environment are there. */
    void awaitAvailable(String name) {
        Awaitility.await()
                .atMost(2, TimeUnit.MINUTES)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(
                        () -> client
                                .apps()
                                .deployments()
                                .inAnyNamespace()
                                .withLabels(Scenario.rawLabels(name))
                                .list()
                                .getItems()
                                .stream()
                                .allMatch(deployment -> deployment.getStatus() != null
                                        && deployment
                                                .getSpec()
                                                .getReplicas()
                                                .equals(deployment.getStatus().getAvailableReplicas())));
    }

    private static List<HasMetadata> inOrder(List<ObjectEntry> entries) {
        return entries.stream()
                .sorted((one, other) -> one.level().compareTo(other.level()))
                .map(ObjectEntry::object)
                .toList();
    }

    private static Callable<Object> task(Runnable runnable) {
        return Executors.callable(runnable);
    }

    private void run(List<Callable<Object>> tasks) {
        try {
            for (var done : writers.invokeAll(tasks)) {
                done.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writing", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "the plain client failed: " + e.getCause().getMessage(), e);
        }
    }

    @Override
    public void close() {
        writers.shutdownNow();
    }
}
