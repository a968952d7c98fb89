package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "self.minReplicas <= self.maxReplicas",
        message = "minReplicas is over maxReplicas: swap them, or raise maxReplicas",
        fieldPath = ".minReplicas")
public record Autoscaling(
        @JsonPropertyDescription("The fewest pods.") @Default("1") @Min(1) @Max(1000)
        Integer minReplicas,

        @JsonPropertyDescription("The most pods.") @Required @Min(1) @Max(1000)
        Integer maxReplicas,

        @JsonPropertyDescription("The processor use to hold, in percent of what the container requests.")
        @Default("80")
        @Min(1)
        @Max(1000)
        Integer cpuPercent,

        @JsonPropertyDescription(
                "The memory use to hold, in percent of what the container requests. Without it: memory does"
                        + " not count.")
        @Min(1)
        @Max(1000)
        @Nullable
        Integer memoryPercent) {

    public Autoscaling {
        minReplicas = Absent.or(minReplicas, 1);
        cpuPercent = Absent.or(cpuPercent, 80);
    }
}
