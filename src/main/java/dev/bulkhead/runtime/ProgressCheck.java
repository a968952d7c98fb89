package dev.bulkhead.runtime;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive as long as resources are looked at. */
@Liveness
@ApplicationScoped
public class ProgressCheck implements HealthCheck {

    private final OperatorProcess process;

    public ProgressCheck(OperatorProcess process) {
        this.process = process;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("progress");
        var waiting = process.running().flatMap(it -> it.progress().longest());
        waiting.ifPresent(it -> response.withData("waiting", it.resource())
                .withData("seconds", it.since().toSeconds()));
        return response.status(waiting.isEmpty() || waiting.get().since().compareTo(Progress.TOO_LONG) < 0)
                .build();
    }
}
