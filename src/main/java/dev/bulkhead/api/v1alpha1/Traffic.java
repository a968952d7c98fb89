package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "!(has(self.canary) && has(self.routes))",
        message = "canary and routes both say where requests go: keep one of them",
        fieldPath = ".canary")
public record Traffic(
        @JsonPropertyDescription("Sends some of the requests for a port, or a share of them, to other workloads of the"
                + " environment. A request goes to the most specific route: the longest pathPrefix, then method, then the most"
                + " headers. What none matches stays here. Only callers in the mesh keep to it.")
        @Size(max = 15)
        List<TrafficRoute> routes,

        @JsonPropertyDescription(
                "Which answers callers in the mesh ask for again. A request whose body is over 64 KiB is"
                        + " never repeated.")
        @Nullable
        Retries retries,

        @JsonPropertyDescription(
                "How long callers in the mesh wait. What runs into one of these is not asked for again.")
        @Nullable
        Timeouts timeouts,

        @JsonPropertyDescription("Leaves out a pod that fails, for a while.") @Nullable
        CircuitBreaking circuitBreaking,

        @JsonPropertyDescription(
                "How many requests its pods take; what is over is answered with 429. On each of its ports"
                        + " that may speak HTTP, counted for itself.")
        @Nullable
        RateLimit rateLimit,

        @JsonPropertyDescription(
                "Brings a new version to some requests first, and to all when it does well. Flagger does"
                        + " it, which the cluster must have. A workload has it from its beginning or not at all.")
        @Nullable
        Canary canary) {

    public Traffic {
        routes = Absent.or(routes);
    }
}
