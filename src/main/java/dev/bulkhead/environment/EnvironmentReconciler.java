package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.EnvironmentStatus;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.contributor.Statuses;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The one writer. Gathers what an environment is made of, plans it, applies the plan and reports.
 *
 * <p>Comparable resource versions are off: JOSDK 5.3's filter of own events can lose an edit that arrives while a status
 * is being written (JOSDK #3398).
 */
@ControllerConfiguration(
        name = "environment",
        finalizerName = EnvironmentReconciler.FINALIZER,
        informer = @Informer(comparableResourceVersions = false))
public final class EnvironmentReconciler implements Reconciler<Environment>, Cleaner<Environment> {

    public static final String FINALIZER = "bulkhead.dev/environment";

    private final Hub hub;
    private final EnvironmentPass pass;
    private final Teardown teardown;
    private final Statuses<Environment, EnvironmentStatus> statuses = new Statuses<>(Environment::new);
    private final EnvironmentReporter reporter = new EnvironmentReporter();
    private final EnvironmentAnnouncer announcer;
    private final EnvironmentMeters meters;
    private final Cadence cadence;
    private final EventSource<?, Environment> triggers;
    private final Clock clock;
    private final Turns turns = new Turns();

    public EnvironmentReconciler(
            Hub hub,
            EnvironmentPass pass,
            Teardown teardown,
            EnvironmentAnnouncer announcer,
            EnvironmentMeters meters,
            Cadence cadence,
            EventSource<?, Environment> triggers,
            Clock clock) {
        this.hub = hub;
        this.pass = pass;
        this.teardown = teardown;
        this.announcer = announcer;
        this.meters = meters;
        this.cadence = cadence;
        this.triggers = triggers;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, Environment>> prepareEventSources(EventSourceContext<Environment> context) {
        return List.of(triggers);
    }

    @Override
    public UpdateControl<Environment> reconcile(Environment cached, Context<Environment> context) {
        return turns.take(EnvironmentId.of(cached), () -> look(cached, context));
    }

    private UpdateControl<Environment> look(Environment cached, Context<Environment> context) {
        var environment = statuses.refresh(hub.newest(cached));
        var now = clock.instant();
        var operations = hub.operations(EnvironmentId.of(environment));
        var result = pass.look(environment, operations);
        announcer.announce(environment, result, operations);
        var status = reporter.status(environment, result, now);
        meters.record(EnvironmentId.of(environment), result, status);
        var next = cadence.next(EnvironmentId.of(environment), result, status.conditions(), now);
        statuses.write(context.getClient(), environment, status);
        return UpdateControl.<Environment>noUpdate().rescheduleAfter(next);
    }

    /** What nobody expected. It is said, and tried again with JOSDK's patience. */
    @Override
    public ErrorStatusUpdateControl<Environment> updateErrorStatus(
            Environment cached, Context<Environment> context, Exception e) {
        var environment = statuses.refresh(cached);
        statuses.write(context.getClient(), environment, reporter.failure(environment, e, clock.instant()));
        return ErrorStatusUpdateControl.noStatusUpdate();
    }

    @Override
    public DeleteControl cleanup(Environment environment, Context<Environment> context) {
        return turns.take(EnvironmentId.of(environment), () -> end(environment, context));
    }

    private DeleteControl end(Environment environment, Context<Environment> context) {
        if (teardown.isDone(environment, hub.operations(EnvironmentId.of(environment)))) {
            announcer.forget(environment);
            cadence.forget(EnvironmentId.of(environment));
            meters.forget(EnvironmentId.of(environment));
            statuses.forget(environment);
            Farewell.to(environment, context.getClient());
            return DeleteControl.noFinalizerRemoval();
        }
        return DeleteControl.noFinalizerRemoval()
                .rescheduleAfter(Duration.ofSeconds(10).toMillis());
    }
}
