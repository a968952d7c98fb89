package dev.bulkhead.runtime;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the caches have their first lists and the reconcilers run. */
@Readiness
@ApplicationScoped
public class StartedCheck implements HealthCheck {

    private final OperatorProcess process;

    public StartedCheck(OperatorProcess process) {
        this.process = process;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("operator")
                .status(process.running().isPresent())
                .build();
    }
}
