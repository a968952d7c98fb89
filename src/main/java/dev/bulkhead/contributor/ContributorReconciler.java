package dev.bulkhead.contributor;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.status.Conditions;
import dev.bulkhead.status.Patience;
import dev.bulkhead.status.Reason;
import dev.bulkhead.status.Standing;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Says of a contributor what the last look at its environment came to. It writes its status and nothing else: only the
 * environment writes to a target.
 *
 * @param <R> the contributor
 * @param <S> its status
 */
public abstract class ContributorReconciler<R extends CustomResource<?, S>, S> implements Reconciler<R> {

    private static final Duration RESYNC = Duration.ofMinutes(30);

    private final Statuses<R, S> statuses;
    private final Predicate<EnvironmentId> environments;
    private final Function<EnvironmentId, Optional<Standing>> released;
    private final Reports reports;
    private final EventSource<?, R> triggers;
    private final Clock clock;

    /**
     * @param blank makes a resource with nothing in it
     * @param environments which environments there are
     * @param released how those stand that were let go: nobody looks at them any more
     */
    protected ContributorReconciler(
            Supplier<R> blank,
            Predicate<EnvironmentId> environments,
            Function<EnvironmentId, Optional<Standing>> released,
            Reports reports,
            EventSource<?, R> triggers,
            Clock clock) {
        this.statuses = new Statuses<>(blank);
        this.environments = environments;
        this.released = released;
        this.reports = reports;
        this.triggers = triggers;
        this.clock = clock;
    }

    protected abstract Origin origin(R resource);

    protected abstract String environment(R resource);

    /** The conditions that a status has now; none when there is no status yet. */
    protected abstract List<Condition> conditions(R resource);

    protected abstract S status(R resource, SliceReport report, List<Condition> conditions);

    @Override
    public List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
        return List.of(triggers);
    }

    @Override
    public UpdateControl<R> reconcile(R cached, Context<R> context) {
        var resource = statuses.refresh(cached);
        var environment = new EnvironmentId(resource.getMetadata().getNamespace(), environment(resource));
        long generation = resource.getMetadata().getGeneration();
        var report = reports.find(environment, origin(resource))
                .filter(it -> it.generation() == generation)
                .or(() -> released.apply(environment).map(it -> SliceReport.none(generation, it)));
        if (report.isPresent()) {
            return report(resource, report.get(), context);
        }
        // After a restart nothing was looked at yet. What the status says of this generation was true and stays.
        return environments.test(environment) && speaksOfThisGeneration(resource)
                ? UpdateControl.noUpdate()
                : report(resource, SliceReport.none(generation, waiting(environment)), context);
    }

    private UpdateControl<R> report(R resource, SliceReport report, Context<R> context) {
        var now = clock.instant();
        var before = conditions(resource);
        var conditions = Conditions.after(before, resource.getMetadata().getGeneration(), now)
                .standing(Patience.with(report.standing(), before, now))
                .build();
        var status = status(resource, report, conditions);
        var next = Patience.isRunning(conditions)
                ? Patience.remaining(conditions, now).plusMillis(100)
                : RESYNC;
        statuses.write(context.getClient(), resource, status);
        return UpdateControl.<R>noUpdate().rescheduleAfter(next);
    }

    private Standing waiting(EnvironmentId environment) {
        return new Standing.Reconciling(
                Reason.WaitingForEnvironment,
                environments.test(environment)
                        ? "Environment %s hasn't taken up this generation yet".formatted(environment.name())
                        : "Environment %s isn't there. Create it, or name another in spec.environmentRef"
                                .formatted(environment.name()));
    }

    private boolean speaksOfThisGeneration(R resource) {
        return conditions(resource).stream()
                .anyMatch(it -> resource.getMetadata().getGeneration().equals(it.getObservedGeneration()));
    }
}
