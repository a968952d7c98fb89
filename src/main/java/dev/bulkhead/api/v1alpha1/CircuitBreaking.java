package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

@Wire
@ValidationRule(
        value = "duration(self.minPenalty) <= duration(self.maxPenalty)",
        message = "minPenalty is longer than maxPenalty: swap them, or raise maxPenalty",
        fieldPath = ".minPenalty")
public record CircuitBreaking(
        @JsonPropertyDescription(
                "After how many failures in a row a pod is left out. A failure is an answer of 500 or more.")
        @Default("7")
        @Min(1)
        @Max(1000)
        Integer maxFailures,

        @JsonPropertyDescription(
                "How long it is left out at first, before one request tries it again. Each time that fails,"
                        + " the next pause is twice as long.")
        @Default("1s")
        @Pattern(Syntax.SHORT_TIME)
        @Size(max = Syntax.SHORT_TIME_LENGTH)
        String minPenalty,

        @JsonPropertyDescription("The longest pause.")
        @Default("1m")
        @Pattern(Syntax.SHORT_TIME)
        @Size(max = Syntax.SHORT_TIME_LENGTH)
        String maxPenalty,

        @JsonPropertyDescription(
                "How much longer than that a pause may be by chance, so that not all callers come back at"
                        + " once: 0.5 is up to half as long again. From 0 to 100.")
        @Default("0.5")
        @Pattern("^(100|[1-9]?[0-9]([.][0-9]{1,3})?)$")
        @Size(max = 6)
        String jitterRatio) {

    public CircuitBreaking {
        maxFailures = Absent.or(maxFailures, 7);
        minPenalty = Absent.or(minPenalty, "1s");
        maxPenalty = Absent.or(maxPenalty, "1m");
        jitterRatio = Absent.or(jitterRatio, "0.5");
    }
}
