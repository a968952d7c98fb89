package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "has(self.namespaces) && self.namespaces.size() > 0 || has(self.removals)",
        message = "say what may go: namespaces that are kept, or the removals that a status shows")
public record PurgeSettings(
        @JsonPropertyDescription("Namespaces in the target, by the names that they have there, that were kept because"
                + " they hold volume claims. They go with their data.")
        @Size(max = 50)
        List<@Pattern(Syntax.LABEL) @Size(min = 1, max = Syntax.LABEL_LENGTH) String> namespaces,

        @JsonPropertyDescription(
                "The word that the environment's status shows beside removals that are held back. It stands"
                        + " for exactly those.")
        @Pattern("^[a-z0-9]+$")
        @Size(min = 1, max = 64)
        @Nullable
        String removals) {

    public PurgeSettings {
        namespaces = Absent.or(namespaces);
    }
}
