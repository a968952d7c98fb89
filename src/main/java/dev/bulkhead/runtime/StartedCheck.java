package dev.bulkhead.runtime;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the caches have their first lists and the reconcilers run; or, beside another one that leads, to take over. */
@Readiness
@ApplicationScoped
public class StartedCheck implements HealthCheck {

    private final OperatorProcess process;

    public StartedCheck(OperatorProcess process) {
        this.process = process;
    }

    @Override
    public HealthCheckResponse call() {
        var works = process.running().isPresent();
        var response = HealthCheckResponse.named("operator")
                .status(works || process.leader().isPresent());
        if (!process.missing().isEmpty()) {
            response.withData("waits", String.join(" ", process.missing()));
        }
        process.leader().ifPresent(it -> response.withData("leader", it));
        return response.build();
    }
}
