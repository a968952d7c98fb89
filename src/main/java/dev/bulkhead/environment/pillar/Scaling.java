package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.Autoscaling;
import dev.bulkhead.api.v1alpha1.WorkloadType;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Kind;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpecBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How many pods there are, and how few there may be for a moment. */
final class Scaling {

    private Scaling() {}

    static Stream<Entry> of(Rendering rendering) {
        var budget = rendering.scales() ? Stream.of(budget(rendering)) : Stream.<Entry>empty();
        var autoscaling = rendering.spec().autoscaling();
        return autoscaling == null ? budget : Stream.concat(budget, Stream.of(autoscaler(rendering, autoscaling)));
    }

    /** Not for a single pod: a budget of one would hold up every drained node. */
    private static Entry budget(Rendering rendering) {
        var declared = rendering.spec().disruption();
        var minimum = declared == null ? null : declared.minAvailable();
        var maximum = declared == null ? null : declared.maxUnavailable();
        return rendering.running(new PodDisruptionBudgetBuilder()
                .withMetadata(rendering.metadata(rendering.name()))
                .withNewSpec()
                .withSelector(rendering.selector())
                .withMinAvailable(minimum)
                .withMaxUnavailable(minimum == null && maximum == null ? new IntOrString(1) : maximum)
                // A pod that isn't ready serves nobody, and must not keep a node from being drained.
                .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                .endSpec()
                .build());
    }

    private static Entry autoscaler(Rendering rendering, Autoscaling autoscaling) {
        var target = rendering.spec().type() == WorkloadType.Stateful ? Kind.STATEFUL_SET : Kind.DEPLOYMENT;
        return rendering.running(new HorizontalPodAutoscalerBuilder()
                .withMetadata(rendering.metadata(rendering.name()))
                .withNewSpec()
                .withNewScaleTargetRef(target.apiVersion(), target.kind(), rendering.name())
                .withMinReplicas(autoscaling.minReplicas())
                .withMaxReplicas(autoscaling.maxReplicas())
                .withMetrics(Stream.of(
                                utilization("cpu", autoscaling.cpuPercent()),
                                utilization("memory", autoscaling.memoryPercent()))
                        .filter(Objects::nonNull)
                        .toList())
                .endSpec()
                .build());
    }

    private static @Nullable MetricSpec utilization(String resource, @Nullable Integer percent) {
        return percent == null
                ? null
                : new MetricSpecBuilder()
                        .withType("Resource")
                        .withNewResource()
                        .withName(resource)
                        .withNewTarget()
                        .withType("Utilization")
                        .withAverageUtilization(percent)
                        .endTarget()
                        .endResource()
                        .build();
    }
}
