package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationAction;
import dev.bulkhead.apply.BlastRadius;
import dev.bulkhead.apply.Consent;
import dev.bulkhead.apply.Plan;
import dev.bulkhead.apply.Ref;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Open Operations → what they allow to go. What is planned isn't let go by anybody's word: it would only come back. */
final class OperationConsent {

    private OperationConsent() {}

    static Consent of(List<Operation> operations, Plan plan) {
        var planned = plan.byRef().keySet();
        var purges = operations.stream()
                .filter(it -> it.getSpec().action() == OperationAction.Purge)
                .map(it -> it.getSpec().purge())
                .toList();
        return new Consent(
                purges.stream()
                        .flatMap(it -> it.namespaces().stream())
                        .filter(it -> !planned.contains(Ref.namespace(it)))
                        .collect(Collectors.toSet()),
                purges.stream()
                        .flatMap(it -> Optional.ofNullable(it.removals()).stream())
                        .collect(Collectors.toSet()),
                BlastRadius.UNLIMITED,
                Instant.MIN,
                Optional::empty);
    }
}
