package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "has(self.min) || has(self.max)",
        message = "name the bound that it must keep: min, max or both")
@ValidationRule(
        value = "!has(self.min) || !has(self.max) || self.min <= self.max",
        message = "min is over max: swap them",
        fieldPath = ".min")
public record CanaryMetric(
        @JsonPropertyDescription("What it is called in Flagger's messages.")
        @Required
        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        String name,

        @JsonPropertyDescription(
                "The MetricTemplate in the target cluster that says what is asked, and whom. It is told"
                        + " direction: inbound.")
        @Required
        MetricTemplateRef templateRef,

        @JsonPropertyDescription("The least that it may be, in the template's unit.") @Nullable
        Integer min,

        @JsonPropertyDescription("The most that it may be, in the template's unit.") @Nullable
        Integer max,

        @JsonPropertyDescription("Over which time it is asked, in seconds or minutes: such as 30s or 1m.")
        @Default("1m")
        @Pattern("^[1-9][0-9]{0,4}(s|m)$")
        @Size(max = 6)
        String interval) {

    public CanaryMetric {
        interval = Absent.or(interval, "1m");
    }
}
