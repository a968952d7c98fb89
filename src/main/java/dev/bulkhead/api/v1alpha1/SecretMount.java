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
        value = "has(self.path) || self.onRotation == 'Restart'",
        message = "Reload is about files: name the path that they are mounted at",
        fieldPath = ".onRotation")
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
        String path,

        @JsonPropertyDescription(
                "What happens to the pods when a value is replaced. Restart: they are replaced, too. Reload: they"
                        + " go on, and read the files again by themselves; they are given restarts.reloadAfter of the"
                        + " SecretScope for it.")
        @Default("Restart")
        OnRotation onRotation) {

    public SecretMount {
        onRotation = Absent.or(onRotation, OnRotation.Restart);
    }
}
