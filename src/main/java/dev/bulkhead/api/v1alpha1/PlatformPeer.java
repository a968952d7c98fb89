package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Wire
public record PlatformPeer(
        @JsonPropertyDescription("The namespace they are in.")
        @Required
        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        String namespace,

        @JsonPropertyDescription("Their labels.") @Required @Size(min = 1, max = 20)
        Map<String, @Size(max = Syntax.LABEL_LENGTH) String> podLabels,

        @JsonPropertyDescription(
                "The ServiceAccount that they run as, if they are in the mesh: workloads in the mesh then let in who proves to"
                        + " be that one, and nobody else. Without it: they have no proxy.")
        @Pattern(Syntax.SUBDOMAIN)
        @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH)
        @Nullable
        String serviceAccount) {

    public PlatformPeer {
        podLabels = Absent.or(podLabels);
    }
}
