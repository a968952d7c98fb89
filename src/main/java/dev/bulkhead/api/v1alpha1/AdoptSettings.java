package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

@Wire
public record AdoptSettings(
        @JsonPropertyDescription("The target namespaces that are taken over, by the names that they have there.")
        @Required
        @Size(min = 1, max = 50)
        List<@Pattern(Syntax.LABEL) @Size(min = 1, max = Syntax.LABEL_LENGTH) String> namespaces,

        @JsonPropertyDescription(
                "Preview writes nothing and lists what would be taken and what differs. Keep takes it over with its"
                        + " selectors and pod templates, so that no pod restarts. Apply also makes the differences go.")
        @Default("Preview")
        AdoptMode mode) {

    public AdoptSettings {
        namespaces = Absent.or(namespaces);
        mode = Absent.or(mode, AdoptMode.Preview);
    }
}
