package dev.bulkhead.cluster;

import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.api.v1alpha1.TargetClusterStatus;
import dev.bulkhead.contributor.Statuses;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.util.List;

/** Says of a target cluster how it is reached, what it is, and which environments live in it. */
@ControllerConfiguration(name = "targetcluster", informer = @Informer(comparableResourceVersions = false))
public final class TargetClusterReconciler implements Reconciler<TargetCluster> {

    private final ClusterIndex index;
    private final Connections connections;
    private final StatusThrottle throttle = new StatusThrottle();
    private final Statuses<TargetCluster, TargetClusterStatus> statuses = new Statuses<>(TargetCluster::new);
    private final EventSource<?, TargetCluster> triggers;
    private final MeshStanding.Source meshes;
    private final Clock clock;

    public TargetClusterReconciler(
            ClusterIndex index,
            Connections connections,
            EventSource<?, TargetCluster> triggers,
            MeshStanding.Source meshes,
            Clock clock) {
        this.index = index;
        this.connections = connections;
        this.triggers = triggers;
        this.meshes = meshes;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, TargetCluster>> prepareEventSources(EventSourceContext<TargetCluster> context) {
        return List.of(triggers);
    }

    @Override
    public UpdateControl<TargetCluster> reconcile(TargetCluster cached, Context<TargetCluster> context) {
        var cluster = statuses.refresh(cached);
        var metadata = cluster.getMetadata();
        var now = clock.instant();
        var state = connections.state(cluster);
        var status = ClusterReporter.status(cluster, state, index.usersOf(metadata.getName()), meshes.of(cluster), now);
        var hold = throttle.hold(metadata.getUid(), cluster.getStatus(), status, now);
        if (!hold.isZero()) {
            return UpdateControl.<TargetCluster>noUpdate().rescheduleAfter(hold.plusMillis(100));
        }
        statuses.write(context.getClient(), cluster, status);
        var patience = ClusterReporter.patience(state, now);
        return patience.isZero()
                ? UpdateControl.noUpdate()
                : UpdateControl.<TargetCluster>noUpdate().rescheduleAfter(patience.plusMillis(100));
    }
}
