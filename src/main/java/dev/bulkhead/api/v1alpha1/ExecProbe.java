package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

@Wire
public record ExecProbe(
        @JsonPropertyDescription("The command and its arguments; no shell is involved.")
        @Required
        @Size(min = 1, max = 100)
        List<@Size(max = 32768) String> command) {

    public ExecProbe {
        command = Absent.or(command);
    }
}
