package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

@Wire
public record RotationWindow(
        @JsonPropertyDescription("When it opens: five cron fields, or a name such as @weekly.")
        @Required
        @ValidationRule(value = Syntax.CRON, message = Syntax.CRON_MESSAGE)
        @Size(min = 1, max = 100)
        String cron,

        @JsonPropertyDescription("How long it stays open, such as 4h. A rotation that began in it goes on to its end.")
        @Required
        @Pattern(Syntax.SPAN)
        @Size(min = 2, max = Syntax.SPAN_LENGTH)
        String duration,

        @JsonPropertyDescription("The zone that cron is read in, such as Europe/Berlin.")
        @Default("UTC")
        @Pattern(Syntax.TIME_ZONE)
        @Size(min = 1, max = 64)
        String timeZone) {

    public RotationWindow {
        timeZone = Absent.or(timeZone, "UTC");
    }
}
