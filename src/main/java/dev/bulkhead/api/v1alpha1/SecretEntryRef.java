package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

@Wire
public record SecretEntryRef(
        @JsonPropertyDescription(
                "The entry of a SecretScope of this environment. While it does not exist, the workload" + " waits.")
        @Required
        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        String entry,

        @JsonPropertyDescription("Which of the entry's values.")
        @Default("value")
        @Pattern(Syntax.DATA_KEY)
        @Size(min = 1, max = 253)
        String key) {

    public SecretEntryRef {
        key = Absent.or(key, "value");
    }
}
