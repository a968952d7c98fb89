package dev.bulkhead.operation;

import dev.bulkhead.apply.EnvironmentId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What the looks at environments came to, Operation by Operation. What was finished once isn't begun again. */
public final class OperationReports {

    private final Map<OperationId, Map<EnvironmentId, OperationReport>> reports = new ConcurrentHashMap<>();

    public Optional<OperationReport> find(OperationId operation, EnvironmentId environment) {
        return Optional.ofNullable(reports.getOrDefault(operation, Map.of()).get(environment));
    }

    public boolean isFinished(OperationId operation, EnvironmentId environment) {
        return find(operation, environment).filter(OperationReport::finished).isPresent();
    }

    /** @return the operations of which there is something new to say */
    public Set<OperationId> put(EnvironmentId environment, Map<OperationId, OperationReport> now) {
        return now.entrySet().stream()
                .filter(it -> !isFinished(it.getKey(), environment))
                .filter(it -> !it.getValue()
                        .equals(reports.computeIfAbsent(it.getKey(), _ -> new ConcurrentHashMap<>())
                                .put(environment, it.getValue())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** It ended, and says so itself; or it is gone. */
    public void forget(OperationId operation) {
        reports.remove(operation);
    }
}
