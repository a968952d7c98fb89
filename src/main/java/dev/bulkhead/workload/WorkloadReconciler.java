package dev.bulkhead.workload;

import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.api.v1alpha1.WorkloadStatus;
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

@ControllerConfiguration(name = "workload", informer = @Informer(comparableResourceVersions = false))
public final class WorkloadReconciler extends ContributorReconciler<Workload, WorkloadStatus> {

    public WorkloadReconciler(
            Predicate<EnvironmentId> environments,
            Function<EnvironmentId, Optional<Standing>> released,
            Reports reports,
            EventSource<?, Workload> triggers,
            Clock clock) {
        super(Workload::new, environments, released, reports, triggers, clock);
    }

    @Override
    protected Origin origin(Workload workload) {
        return Origin.workload(workload.getMetadata().getName());
    }

    @Override
    protected String environment(Workload workload) {
        return workload.getSpec().environmentRef().name();
    }

    @Override
    protected List<Condition> conditions(Workload workload) {
        return workload.getStatus() == null ? List.of() : workload.getStatus().conditions();
    }

    @Override
    protected WorkloadStatus status(Workload workload, SliceReport report, List<Condition> conditions) {
        var spec = workload.getSpec();
        return new WorkloadStatus(
                workload.getMetadata().getGeneration(),
                conditions,
                spec.environmentRef().name(),
                report.namespace().isEmpty() ? null : report.namespace(),
                report.replicas(),
                report.readyReplicas(),
                report.namespace().isEmpty() || spec.ports().isEmpty() || spec.deliveredByOthers()
                        ? null
                        : "%s.%s.svc".formatted(workload.name(), report.namespace()),
                spec.image());
    }
}
