package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "has(self.requestsPerSecond) || has(self.perIdentity)",
        message = "name a limit: requestsPerSecond for all callers together, perIdentity for each")
@ValidationRule(
        value = "!has(self.requestsPerSecond) || !has(self.perIdentity) || self.perIdentity <= self.requestsPerSecond",
        message =
                "perIdentity is over requestsPerSecond, which all callers share: lower it, or raise requestsPerSecond",
        fieldPath = ".perIdentity")
@ValidationRule(
        value = "!has(self.requestsPerSecond) || !has(self.overrides)"
                + " || self.overrides.all(one, one.requestsPerSecond <= self.requestsPerSecond)",
        message =
                "an override is over requestsPerSecond, which all callers share: lower it, or raise requestsPerSecond",
        fieldPath = ".overrides")
public record RateLimit(
        @JsonPropertyDescription(
                "For all callers together, per second and per pod: with three pods it is three times as"
                        + " much. Without it: no such limit.")
        @Min(1)
        @Max(1000000)
        @Nullable
        Integer requestsPerSecond,

        @JsonPropertyDescription(
                "For each caller, per second and per pod. A caller is a workload, by its identity in the"
                        + " mesh; all that come without one are one caller. Without it: no such limit.")
        @Min(1)
        @Max(1000000)
        @Nullable
        Integer perIdentity,

        @JsonPropertyDescription("Callers with a limit of their own in place of perIdentity.") @Size(max = 50)
        List<RateLimitOverride> overrides) {

    public RateLimit {
        overrides = Absent.or(overrides);
    }
}
