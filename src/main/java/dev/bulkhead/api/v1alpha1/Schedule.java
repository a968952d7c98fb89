package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "has(self.every) != has(self.cron)",
        message = "name exactly one of every (a time, such as 90d) and cron (five fields, such as '0 3 * * 1')",
        fieldPath = ".every")
@ValidationRule(
        value = "has(self.cron) || !has(self.timeZone)",
        message = "timeZone is for cron: remove it",
        reason = "FieldValueForbidden",
        fieldPath = ".timeZone")
public record Schedule(
        @JsonPropertyDescription("The time from one rotation to the next, such as 90d or 12h.")
        @Pattern(Syntax.SPAN)
        @Size(min = 2, max = Syntax.SPAN_LENGTH)
        @Nullable
        String every,

        @JsonPropertyDescription("When it is rotated: five cron fields, or a name such as @monthly.")
        @ValidationRule(value = Syntax.CRON, message = Syntax.CRON_MESSAGE)
        @Size(min = 1, max = 100)
        @Nullable
        String cron,

        @JsonPropertyDescription("The zone that cron is read in, such as Europe/Berlin. Without it: UTC.")
        @Pattern(Syntax.TIME_ZONE)
        @Size(min = 1, max = 64)
        @Nullable
        String timeZone,

        @JsonPropertyDescription(
                "By which part of the time between two rotations one may be early or late, or with cron only late, so that not"
                        + " all come at once. How much it is for an entry never changes. Without it: 10% with every, none"
                        + " with cron.")
        @Pattern("^([1-4]?[0-9]|50)%$")
        @Size(max = 3)
        @Nullable
        String jitter) {}
