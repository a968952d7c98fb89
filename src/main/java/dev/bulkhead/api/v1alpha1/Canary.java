package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

@Wire
@ValidationRule(
        value = "self.stepWeight <= self.maxWeight",
        message = "stepWeight is over maxWeight: lower it, or raise maxWeight",
        fieldPath = ".stepWeight")
public record Canary(
        @JsonPropertyDescription("The port whose requests are shared out, by its name. It must speak HTTP.")
        @Required
        @Pattern(Syntax.PORT_NAME)
        @Size(min = 1, max = Syntax.PORT_NAME_LENGTH)
        String port,

        @JsonPropertyDescription("By how many percent of the requests the new version's share grows at each step.")
        @Default("10")
        @Min(1)
        @Max(100)
        Integer stepWeight,

        @JsonPropertyDescription("The share in percent at which it has done well, and gets everything.")
        @Default("50")
        @Min(1)
        @Max(100)
        Integer maxWeight,

        @JsonPropertyDescription("The time from step to step, in seconds or minutes: such as 30s or 1m.")
        @Default("1m")
        @Pattern("^[1-9][0-9]{0,4}(s|m)$")
        @Size(max = 6)
        String interval,

        @JsonPropertyDescription("How many checks may fail before the old version gets everything again.")
        @Default("5")
        @Min(1)
        @Max(100)
        Integer threshold,

        @JsonPropertyDescription("What is measured at each step.") @Required @Size(min = 1, max = 10)
        List<CanaryMetric> metrics) {

    public Canary {
        stepWeight = Absent.or(stepWeight, 10);
        maxWeight = Absent.or(maxWeight, 50);
        interval = Absent.or(interval, "1m");
        threshold = Absent.or(threshold, 5);
        metrics = Absent.or(metrics);
    }
}
