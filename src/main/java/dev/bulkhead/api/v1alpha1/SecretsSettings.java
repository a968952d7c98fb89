package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

@Wire
public record SecretsSettings(
        @JsonPropertyDescription(
                "The entries, of any SecretScope of the environment. If one of them isn't there, nothing"
                        + " is done for any.")
        @Required
        @Size(min = 1, max = 100)
        List<@Pattern(Syntax.LABEL) @Size(min = 1, max = Syntax.LABEL_LENGTH) String> entries) {

    public SecretsSettings {
        entries = Absent.or(entries);
    }
}
