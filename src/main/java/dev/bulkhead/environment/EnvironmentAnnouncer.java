package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.apply.Applied;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.apply.Step.Why;
import dev.bulkhead.contributor.Reports;
import dev.bulkhead.operation.OperationDesk;
import dev.bulkhead.secrets.report.Announcement;
import dev.bulkhead.secrets.report.RotationNews.News;
import dev.bulkhead.status.EventRecorder;
import dev.bulkhead.status.EventRecorder.Type;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people and contributors what a look at an environment came to. */
public final class EnvironmentAnnouncer {

    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentAnnouncer.class);

    private final Hub hub;
    private final Reports reports;
    private final OperationDesk operations;
    private final EventRecorder events;
    private final BiConsumer<String, Origin> contributors;

    /** @param contributors told, by namespace and origin, who has something new to say */
    public EnvironmentAnnouncer(
            Hub hub,
            Reports reports,
            OperationDesk operations,
            EventRecorder events,
            BiConsumer<String, Origin> contributors) {
        this.hub = hub;
        this.reports = reports;
        this.operations = operations;
        this.events = events;
        this.contributors = contributors;
    }

    public void announce(Environment environment, Pass pass, List<Operation> open) {
        if (pass instanceof Pass.Live live) {
            log(live);
            var restored = restoredNamespaces(live);
            live.outcome().results().stream()
                    .filter(it -> it.ref().kind() == Kind.NAMESPACE
                            || !restored.contains(it.ref().home()))
                    .forEach(it -> announce(environment, it));
            takenBack(environment, live);
            tell(environment, live.kept().news());
            live.kept().notices().forEach(it -> events.record(environment, Type.Warning, it.reason(), it.message()));
            ReachStanding.news(EnvironmentReporter.before(environment), live.reached())
                    .ifPresent(news -> events.record(environment, news.type(), news.event(), news.message()));
        }
        if (pass instanceof Pass.Ending ending) {
            ending.outcome().results().forEach(it -> announce(environment, it));
            if (!ending.left().isEmpty()) {
                events.record(environment, Type.Normal, "Retained", ending.left());
            }
        }
        if (pass instanceof Pass.Abandoned abandoned) {
            events.record(environment, Type.Warning, "Abandoned", abandoned.message());
        }
        var id = EnvironmentId.of(environment);
        var generations = hub.contributors(id).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, it -> it.getValue().getMetadata().getGeneration()));
        reports.put(id, ContributorReporter.reports(pass, generations))
                .forEach(origin -> contributors.accept(id.namespace(), origin));
        operations.tell(id, OperationReporter.reports(pass, open));
    }

    /** Where the entries are declared; of a scope that is gone the environment hears it. */
    private void tell(Environment environment, List<News> news) {
        if (news.isEmpty()) {
            return;
        }
        var declared = new HashMap<String, HasMetadata>();
        hub.secretScopes(EnvironmentId.of(environment))
                .forEach(
                        scope -> scope.getSpec().entries().forEach(entry -> declared.putIfAbsent(entry.name(), scope)));
        news.stream()
                .collect(Collectors.groupingBy(
                        it -> declared.getOrDefault(it.entry(), environment),
                        IdentityHashMap::new,
                        Collectors.toList()))
                .forEach((regarding, told) -> Announcement.of(told)
                        .forEach(it ->
                                events.record(regarding, it.type(), it.event().name(), it.message())));
    }

    /** The environment is gone. */
    public void forget(Environment environment) {
        var id = EnvironmentId.of(environment);
        reports.forget(id).forEach(origin -> contributors.accept(id.namespace(), origin));
    }

    /** They come back together, after a restore or a retained environment: one Event says it. */
    private void takenBack(Environment environment, Pass.Live live) {
        var back = live.outcome()
                .all(Applied.Changed.class)
                .filter(it -> it.why() == Why.OURS_AGAIN)
                .map(it -> it.ref().toString())
                .toList();
        if (!back.isEmpty()) {
            events.record(
                    environment,
                    Type.Normal,
                    "TakenBack",
                    "%d objects were ours and are again, the first %s".formatted(back.size(), back.getFirst()));
        }
    }

    /** Namespace, name and generation are in the MDC. */
    private static void log(Pass.Live live) {
        var created = live.outcome().all(Applied.Created.class).count();
        var changed = live.outcome().all(Applied.Changed.class).count();
        var removed = live.outcome().all(Applied.Removed.class).count();
        if (created + changed + removed > 0) {
            LOG.info("{} objects created, {} changed, {} removed", created, changed, removed);
        }
    }

    /** With a namespace everything in it was deleted: one Event says it. */
    private static Set<String> restoredNamespaces(Pass.Live live) {
        return live.outcome()
                .all(Applied.Changed.class)
                .filter(it -> it.ref().kind() == Kind.NAMESPACE && it.why() == Why.DELETED)
                .map(it -> it.ref().name())
                .collect(Collectors.toUnmodifiableSet());
    }

    private void announce(Environment environment, Applied applied) {
        switch (applied) {
            case Applied.Changed changed
            when changed.why().isRepair() ->
                events.record(environment, Type.Warning, "DriftRepaired", repaired(changed));
            case Applied.Contested contested ->
                events.record(
                        environment,
                        Type.Warning,
                        "Contested",
                        "%s was changed %d times in short order. Repairs slow down"
                                .formatted(contested.ref(), contested.contest().repairs()));
            case Applied.Foreign foreign ->
                events.record(environment, Type.Warning, "ForeignObject", foreign.message());
            case Applied.Refused refused -> events.record(environment, Type.Warning, "Refused", refused.message());
            case Applied.Kept kept -> events.record(environment, Type.Warning, "Kept", kept.message());
            case Applied.Withheld withheld ->
                events.record(
                        environment,
                        Type.Warning,
                        "RemovalsHeld",
                        withheld.verdict().message());
            case Applied.Waiting waiting
            when waiting.lack() == Applied.Lack.FINALIZER ->
                events.record(environment, Type.Warning, "StuckInDeletion", waiting.message());
            case Applied.Changed _, Applied.Created _, Applied.Unchanged _, Applied.Removed _, Applied.Waiting _ -> {}
        }
    }

    private static String repaired(Applied.Changed changed) {
        return switch (changed.why()) {
            case DELETED -> "%s had been deleted and is back".formatted(changed.ref());
            default ->
                "%s had been changed by %s and is as planned again"
                        .formatted(changed.ref(), changed.manager().isEmpty() ? "somebody" : changed.manager());
        };
    }
}
