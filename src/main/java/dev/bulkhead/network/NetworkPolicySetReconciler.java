package dev.bulkhead.network;

import dev.bulkhead.api.v1alpha1.NetworkPolicySet;
import dev.bulkhead.api.v1alpha1.NetworkPolicySetSpec;
import dev.bulkhead.api.v1alpha1.NetworkPolicySetStatus;
import dev.bulkhead.api.v1alpha1.PlatformEdges;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.contributor.ContributorReconciler;
import dev.bulkhead.contributor.Reports;
import dev.bulkhead.contributor.SliceReport;
import dev.bulkhead.status.Standing;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

@ControllerConfiguration(name = "networkpolicyset", informer = @Informer(comparableResourceVersions = false))
public final class NetworkPolicySetReconciler extends ContributorReconciler<NetworkPolicySet, NetworkPolicySetStatus> {

    public NetworkPolicySetReconciler(
            Predicate<EnvironmentId> environments,
            Function<EnvironmentId, Optional<Standing>> released,
            Reports reports,
            EventSource<?, NetworkPolicySet> triggers,
            Clock clock) {
        super(NetworkPolicySet::new, environments, released, reports, triggers, clock);
    }

    @Override
    protected Origin origin(NetworkPolicySet set) {
        return Origin.networkPolicySet(set.getMetadata().getName());
    }

    @Override
    protected String environment(NetworkPolicySet set) {
        return set.getSpec().environmentRef().name();
    }

    @Override
    protected List<Condition> conditions(NetworkPolicySet set) {
        return set.getStatus() == null ? List.of() : set.getStatus().conditions();
    }

    @Override
    protected NetworkPolicySetStatus status(NetworkPolicySet set, SliceReport report, List<Condition> conditions) {
        return new NetworkPolicySetStatus(
                set.getMetadata().getGeneration(), conditions, environment(set), edges(set.getSpec()));
    }

    /** Of {@code metrics} it isn't known here how many they are. */
    private static int edges(NetworkPolicySetSpec spec) {
        var between = spec.allow().stream().mapToInt(edge -> edge.from().size()).sum();
        var outward =
                spec.egress().stream().mapToInt(edge -> edge.from().size()).sum();
        return between
                + outward
                + Optional.ofNullable(spec.platform())
                        .map(NetworkPolicySetReconciler::edges)
                        .orElse(0);
    }

    private static int edges(PlatformEdges platform) {
        return (platform.ingress() == null ? 0 : platform.ingress().to().size())
                + (platform.webhooks() == null ? 0 : platform.webhooks().to().size())
                + (platform.apiServer() == null
                        ? 0
                        : platform.apiServer().from().size());
    }
}
