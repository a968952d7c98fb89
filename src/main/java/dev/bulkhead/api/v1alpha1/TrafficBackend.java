package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

@Wire
public record TrafficBackend(
        @JsonPropertyDescription(
                "A workload of this environment and of the same namespace, by its name. It must have a port"
                        + " of the name that the route has. While it does not exist, this one waits.")
        @Required
        @Pattern(Syntax.WORKLOAD)
        @Size(min = 1, max = Syntax.WORKLOAD_LENGTH)
        String workload,

        @JsonPropertyDescription(
                "Its share, compared with the weights beside it. They need not add up to 100. With 0 it gets"
                        + " nothing, and may be called all the same.")
        @Default("1")
        @Min(0)
        @Max(1000000)
        Integer weight) {

    public TrafficBackend {
        weight = Absent.or(weight, 1);
    }
}
