package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

@Wire
public record SecretMount(
        @JsonPropertyDescription(
                "The entry of a SecretScope of this environment. While it does not exist, the workload" + " waits.")
        @Required
        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        String entry,

        @JsonPropertyDescription(
                "The directory that the container sees it in, one file per value. Required with image; with"
                        + " selector the Secret is only published.")
        @ValidationRule(value = Syntax.ABSOLUTE_PATH, message = Syntax.ABSOLUTE_PATH_MESSAGE)
        @Size(min = 2, max = Syntax.PATH_LENGTH)
        @Nullable
        String path) {}
