package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "self.backends.exists(backend, backend.weight > 0)",
        message =
                "all weights are 0, and every request would fail: give one backend a weight. Weights are shares, whatever"
                        + " they add up to: 9 and 1 send a tenth to the second",
        fieldPath = ".backends")
public record TrafficRoute(
        @JsonPropertyDescription("The port that is called, by its name. It must speak HTTP.")
        @Required
        @Pattern(Syntax.PORT_NAME)
        @Size(min = 1, max = Syntax.PORT_NAME_LENGTH)
        String port,

        @JsonPropertyDescription("The requests that it is for; all that is named here must hold. Without it: all.")
        @Nullable
        RouteMatch match,

        @JsonPropertyDescription("Who answers, each for its share. The workload itself may be one of them.")
        @Required
        @Size(min = 1, max = 16)
        List<TrafficBackend> backends) {

    public TrafficRoute {
        backends = Absent.or(backends);
    }
}
