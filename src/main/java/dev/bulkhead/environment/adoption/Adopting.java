package dev.bulkhead.environment.adoption;

import dev.bulkhead.apply.Outcome;
import dev.bulkhead.environment.Planned;
import dev.bulkhead.operation.OperationId;
import dev.bulkhead.operation.OperationReport;
import java.util.Map;
import java.util.stream.Collectors;

/** What Operations Adopt have come to before the plan is applied. */
public record Adopting(Planned planned, Map<OperationId, Undertaking> undertakings) {

    /** @param outcome of the application */
    public Map<OperationId, OperationReport> reports(Outcome outcome) {
        return undertakings.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, it -> it.getValue().report(outcome)));
    }
}
