package dev.bulkhead.operation;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationAction;
import dev.bulkhead.api.v1alpha1.OperationStatus;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.contributor.Statuses;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Takes an Operation up, and says how far it is. What it asks for is done by the environment, which reads it as a
 * permission: nothing else writes to a target.
 */
@ControllerConfiguration(name = "operation", informer = @Informer(comparableResourceVersions = false))
public final class OperationReconciler implements Reconciler<Operation> {

    private static final Duration SOON = Duration.ofSeconds(2);

    private final Function<Operation, List<EnvironmentId>> environments;
    private final WithoutEnvironment absent;
    private final Function<Operation, OperationReport> replacement;
    private final OperationReports reports;
    private final OperationHistory history;
    private final EventSource<?, Operation> triggers;
    private final Clock clock;
    private final Statuses<Operation, OperationStatus> statuses = new Statuses<>(Operation::new);

    /**
     * @param environments those that there are of the ones that an operation is about
     * @param remains does what an operation asks of an environment that is gone
     * @param replacement does what one asks about a cluster
     */
    public OperationReconciler(
            Function<Operation, List<EnvironmentId>> environments,
            Function<Operation, OperationReport> remains,
            Function<Operation, OperationReport> replacement,
            OperationReports reports,
            OperationHistory history,
            EventSource<?, Operation> triggers,
            Clock clock) {
        this.environments = environments;
        this.absent = new WithoutEnvironment(reports, remains);
        this.replacement = replacement;
        this.reports = reports;
        this.history = history;
        this.triggers = triggers;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, Operation>> prepareEventSources(EventSourceContext<Operation> context) {
        return List.of(triggers);
    }

    @Override
    public UpdateControl<Operation> reconcile(Operation cached, Context<Operation> context) {
        var operation = statuses.refresh(cached);
        if (operation.hasEnded()) {
            history.trim(operation);
            return UpdateControl.noUpdate();
        }
        var now = clock.instant();
        // It is taken up before it is carried out, so that a crash in between can't make it look new.
        var report = operation.getStatus() == null || operation.getStatus().startTime() == null
                ? OperationReport.underWay("Taken up", List.of())
                : report(operation, now);
        statuses.write(context.getClient(), operation, OperationSummary.status(operation, report, now));
        return report.finished()
                ? UpdateControl.noUpdate()
                : UpdateControl.<Operation>noUpdate().rescheduleAfter(SOON);
    }

    private OperationReport report(Operation operation, Instant now) {
        if (operation.getSpec().action() == OperationAction.ReplaceCluster) {
            return replacement.apply(operation);
        }
        var concerned = environments.apply(operation);
        if (!concerned.isEmpty()) {
            return OperationSummary.of(
                    operation,
                    concerned.stream()
                            .flatMap(it -> reports.find(OperationId.of(operation), it).stream())
                            .toList(),
                    concerned.size());
        }
        return absent.report(operation, now);
    }
}
