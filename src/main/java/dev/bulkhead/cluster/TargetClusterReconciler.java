package dev.bulkhead.cluster;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.api.v1alpha1.TargetClusterStatus;
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
import java.util.Optional;
import java.util.function.Supplier;

/** Says of a target cluster whether it is connected, what it is, and how many environments live in it. */
@ControllerConfiguration(name = "targetcluster", informer = @Informer(comparableResourceVersions = false))
public final class TargetClusterReconciler implements Reconciler<TargetCluster> {

    private final Supplier<List<Environment>> environments;
    private final Connections connections;
    private final Statuses<TargetCluster, TargetClusterStatus> statuses = new Statuses<>(TargetCluster::new);
    private final EventSource<?, TargetCluster> triggers;
    private final Clock clock;

    public TargetClusterReconciler(
            Supplier<List<Environment>> environments,
            Connections connections,
            EventSource<?, TargetCluster> triggers,
            Clock clock) {
        this.environments = environments;
        this.connections = connections;
        this.triggers = triggers;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, TargetCluster>> prepareEventSources(EventSourceContext<TargetCluster> context) {
        return List.of(triggers);
    }

    @Override
    public UpdateControl<TargetCluster> reconcile(TargetCluster cluster, Context<TargetCluster> context) {
        var before = statuses.refresh(cluster).getStatus();
        var generation = cluster.getMetadata().getGeneration();
        var link = connections.link(cluster);
        var connection = link instanceof Link.Open open ? Optional.of(open.connection()) : Optional.<Connection>empty();
        var conditions = Conditions.after(before == null ? List.of() : before.conditions(), generation, clock.instant())
                .standing(
                        switch (link) {
                            case Link.Open _ -> new Standing.Ready(Reason.Ready, "Connected");
                            case Link.Connecting _ -> new Standing.Reconciling(Reason.Progressing, "Being connected");
                            case Link.Broken broken -> new Standing.Stalled(broken.reason(), broken.message());
                        })
                .build();
        var users = users(cluster.getMetadata().getName());
        var status = new TargetClusterStatus(
                generation,
                conditions,
                connection.map(it -> it.capabilities().version()).orElse(null),
                connection.map(Connection::uid).orElse(null),
                null,
                users.size(),
                users.stream().limit(TargetClusterStatus.MOST_NAMED).toList());
        statuses.write(context.getClient(), cluster, status);
        return UpdateControl.noUpdate();
    }

    private List<String> users(String cluster) {
        return environments.get().stream()
                .filter(it -> livesIn(it, cluster))
                .map(it -> "%s/%s"
                        .formatted(
                                it.getMetadata().getNamespace(),
                                it.getMetadata().getName()))
                .sorted()
                .toList();
    }

    private static boolean livesIn(Environment environment, String name) {
        var status = environment.getStatus();
        var named = environment.getSpec().clusterRef();
        return named == null
                ? status != null && name.equals(status.cluster())
                : named.name().equals(name);
    }
}
