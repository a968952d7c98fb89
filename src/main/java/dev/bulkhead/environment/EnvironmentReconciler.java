package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.apply.EnvironmentId;
import io.fabric8.kubernetes.client.KubernetesClient;
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
import java.util.List;
import java.util.function.Supplier;

/**
 * The one writer. Gathers what an environment is made of, plans it, applies the plan and reports.
 *
 * <p>Comparable resource versions are off: JOSDK 5.3's filter of own events can lose an edit that arrives while a status
 * is being written (JOSDK #3398).
 */
@ControllerConfiguration(
        name = "environment",
        finalizerName = EnvironmentReconciler.FINALIZER,
        informer = @Informer(comparableResourceVersions = false, genericFilter = ReleaseMark.Absent.class))
public final class EnvironmentReconciler implements Reconciler<Environment>, Cleaner<Environment> {

    public static final String FINALIZER = "bulkhead.dev/environment";

    private final Hub hub;
    private final EnvironmentPass pass;
    private final Teardown teardown;
    private final Release release;
    private final EnvironmentAccount account;
    private final EventSource<?, Environment> triggers;
    private final Places places;
    private final Turns turns = new Turns();

    public EnvironmentReconciler(
            Hub hub,
            EnvironmentPass pass,
            Teardown teardown,
            Release release,
            EnvironmentAccount account,
            Places places,
            EventSource<?, Environment> triggers) {
        this.hub = hub;
        this.pass = pass;
        this.teardown = teardown;
        this.release = release;
        this.account = account;
        this.places = places;
        this.triggers = triggers;
    }

    @Override
    public List<EventSource<?, Environment>> prepareEventSources(EventSourceContext<Environment> context) {
        return List.of(triggers);
    }

    @Override
    public UpdateControl<Environment> reconcile(Environment cached, Context<Environment> context) {
        return take(cached, () -> look(cached, context.getClient()));
    }

    /**
     * Says the last words about an environment that was let go, when whoever did it hadn't the time. Not by way of JOSDK,
     * which would put our finalizer on it.
     */
    public void finish(Environment released, KubernetesClient client) {
        turns.take(EnvironmentId.of(released), () -> look(released, client));
    }

    private <T> T take(Environment environment, Supplier<T> work) {
        var cluster = Whereabouts.cluster(hub, environment).orElse("");
        var id = EnvironmentId.of(environment);
        return turns.take(id, () -> places.at(cluster, id, work));
    }

    private UpdateControl<Environment> look(Environment cached, KubernetesClient client) {
        var environment = account.refreshed(hub.newest(cached));
        var operations = hub.operations(EnvironmentId.of(environment));
        var result = release.isMeant(environment, operations)
                ? release.look(environment, operations, client)
                : pass.look(environment, operations);
        var next = account.give(environment, result, operations, client);
        return result.isLast()
                ? UpdateControl.noUpdate()
                : UpdateControl.<Environment>noUpdate().rescheduleAfter(next);
    }

    /** What nobody expected. It is said, and tried again with JOSDK's patience. */
    @Override
    public ErrorStatusUpdateControl<Environment> updateErrorStatus(
            Environment cached, Context<Environment> context, Exception e) {
        account.failed(account.refreshed(hub.newest(cached)), e, context.getClient());
        return ErrorStatusUpdateControl.noStatusUpdate();
    }

    @Override
    public DeleteControl cleanup(Environment cached, Context<Environment> context) {
        return take(cached, () -> end(cached, context));
    }

    private DeleteControl end(Environment cached, Context<Environment> context) {
        var environment = account.refreshed(hub.newest(cached));
        var operations = hub.operations(EnvironmentId.of(environment));
        var result = teardown.look(environment, operations);
        var next = account.give(environment, result, operations, context.getClient());
        if (!result.isLast()) {
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(next.toMillis());
        }
        account.close(environment);
        Farewell.to(environment, context.getClient());
        return DeleteControl.noFinalizerRemoval();
    }
}
