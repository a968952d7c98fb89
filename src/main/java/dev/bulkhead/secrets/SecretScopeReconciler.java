package dev.bulkhead.secrets;

import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.SecretScopeStatus;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.contributor.ContributorReconciler;
import dev.bulkhead.contributor.Reports;
import dev.bulkhead.contributor.SliceReport;
import dev.bulkhead.secrets.report.ScopeSummary;
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

@ControllerConfiguration(name = "secretscope", informer = @Informer(comparableResourceVersions = false))
public final class SecretScopeReconciler extends ContributorReconciler<SecretScope, SecretScopeStatus> {

    public SecretScopeReconciler(
            Predicate<EnvironmentId> environments,
            Function<EnvironmentId, Optional<Standing>> released,
            Reports reports,
            EventSource<?, SecretScope> triggers,
            Clock clock) {
        super(SecretScope::new, environments, released, reports, triggers, clock);
    }

    @Override
    protected Origin origin(SecretScope scope) {
        return Origin.secretScope(scope.getMetadata().getName());
    }

    @Override
    protected String environment(SecretScope scope) {
        return scope.getSpec().environmentRef().name();
    }

    @Override
    protected List<Condition> conditions(SecretScope scope) {
        return scope.getStatus() == null ? List.of() : scope.getStatus().conditions();
    }

    @Override
    protected SecretScopeStatus status(SecretScope scope, SliceReport report, List<Condition> conditions) {
        var entries = LastSeen.entries(scope, report.secrets());
        return new SecretScopeStatus(
                scope.getMetadata().getGeneration(),
                conditions,
                environment(scope),
                ScopeSummary.of(entries),
                ScopeSummary.next(entries).orElse(null),
                entries);
    }
}
