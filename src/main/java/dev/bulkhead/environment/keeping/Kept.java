package dev.bulkhead.environment.keeping;

import dev.bulkhead.api.v1alpha1.SecretConsumer;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.environment.keeping.Others.Restart;
import dev.bulkhead.operation.OperationId;
import dev.bulkhead.operation.OperationReport;
import dev.bulkhead.secrets.report.EntryReport;
import dev.bulkhead.secrets.report.RotationNews.News;
import dev.bulkhead.secrets.vault.Shelf;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where an environment's secrets are, after a look at them.
 *
 * @param reports entry → where it is
 * @param brought entry of another operator → the workloads that use it
 * @param restarts whose turn it is of those who are delivered by others
 * @param notices what people are to be warned of
 * @param operations what is to be said of Operations about them
 * @param news what happened
 * @param wake when to look again, if nothing happens before
 */
public record Kept(
        Entries entries,
        Shelf shelf,
        SortedMap<String, EntryReport> reports,
        SortedMap<String, List<SecretConsumer>> brought,
        List<Restart> restarts,
        List<Notice> notices,
        Map<OperationId, OperationReport> operations,
        List<News> news,
        @Nullable Instant wake) {

    private static final String HELD = "the environment is held, and nothing is written. Set spec.reconcile to Apply";

    /** Of an environment whose secrets all come from elsewhere. */
    public static Kept none(EnvironmentId environment) {
        return new Kept(
                Entries.of(List.of()),
                Shelf.empty(environment),
                new TreeMap<>(),
                new TreeMap<>(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                null);
    }

    /** Of an environment in which nothing is written: they stay where they are. */
    public static Kept held(Entries entries, Shelf shelf) {
        var reports = new TreeMap<String, EntryReport>();
        entries.kept().forEach((name, entry) -> {
            var line = shelf.journal().lines().get(name);
            if (line != null) {
                reports.put(
                        name, new EntryReport(name, entry.entry().type(), line, shelf.of(name), HELD, "", List.of()));
            }
        });
        return new Kept(entries, shelf, reports, new TreeMap<>(), List.of(), List.of(), Map.of(), List.of(), null);
    }

    /** The same with what is to be said of Operations. */
    public Kept with(Map<OperationId, OperationReport> said) {
        return new Kept(entries, shelf, reports, brought, restarts, notices, said, news, wake);
    }

    /** The same with something more to warn people of. */
    public Kept telling(List<Notice> more) {
        var all = Stream.concat(notices.stream(), more.stream()).toList();
        return new Kept(entries, shelf, reports, brought, restarts, all, operations, news, wake);
    }

    /** The same, to be looked at again by then at the latest. */
    public Kept by(Instant then) {
        return wake != null && wake.isBefore(then)
                ? this
                : new Kept(entries, shelf, reports, brought, restarts, notices, operations, news, then);
    }
}
