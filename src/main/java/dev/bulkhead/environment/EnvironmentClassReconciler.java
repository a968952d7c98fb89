package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.EnvironmentClass;
import dev.bulkhead.api.v1alpha1.EnvironmentClassStatus;
import dev.bulkhead.contributor.Statuses;
import dev.bulkhead.status.Conditions;
import dev.bulkhead.status.Reason;
import dev.bulkhead.status.Standing;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.util.List;

/** Says of a class how many environments use it. What it allows is judged where it is used. */
@ControllerConfiguration(name = "environmentclass", informer = @Informer(comparableResourceVersions = false))
public final class EnvironmentClassReconciler implements Reconciler<EnvironmentClass> {

    private final Hub hub;
    private final Statuses<EnvironmentClass, EnvironmentClassStatus> statuses = new Statuses<>(EnvironmentClass::new);
    private final EventSource<?, EnvironmentClass> triggers;
    private final Clock clock;

    public EnvironmentClassReconciler(Hub hub, EventSource<?, EnvironmentClass> triggers, Clock clock) {
        this.hub = hub;
        this.triggers = triggers;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, EnvironmentClass>> prepareEventSources(EventSourceContext<EnvironmentClass> context) {
        return List.of(triggers);
    }

    @Override
    public UpdateControl<EnvironmentClass> reconcile(
            EnvironmentClass environmentClass, Context<EnvironmentClass> context) {
        var before = statuses.refresh(environmentClass).getStatus();
        var generation = environmentClass.getMetadata().getGeneration();
        var users = hub.environments().stream()
                .filter(it -> uses(it, environmentClass.getMetadata().getName()))
                .count();
        var conditions = Conditions.after(before == null ? List.of() : before.conditions(), generation, clock.instant())
                .standing(new Standing.Ready(Reason.Ready, ""))
                .build();
        var status = new EnvironmentClassStatus(generation, conditions, (int) users);
        statuses.write(context.getClient(), environmentClass, status);
        return UpdateControl.noUpdate();
    }

    private static boolean uses(Environment environment, String name) {
        var status = environment.getStatus();
        var named = environment.getSpec().classRef();
        return named == null
                ? status != null && name.equals(status.className())
                : named.name().equals(name);
    }
}
