package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

@Wire
public record HttpProbe(
        @JsonPropertyDescription("The path to ask for.") @Default("/") @Pattern("^/") @Size(min = 1, max = 1024)
        String path,

        @JsonPropertyDescription("One of the workload's ports, by its name.")
        @Required
        @Pattern(Syntax.PORT_NAME)
        @Size(min = 1, max = Syntax.PORT_NAME_LENGTH)
        String port,

        @JsonPropertyDescription("The paths that the answer redirects to, on the same port. In a mesh that denies, the"
                + " kubelet may not follow there unless they are named.")
        @Size(max = 8)
        List<@Pattern(Syntax.HTTP_PATH) @Size(min = 1, max = Syntax.HTTP_PATH_LENGTH) String> redirectsTo) {

    public HttpProbe {
        path = Absent.or(path, "/");
        redirectsTo = Absent.or(redirectsTo);
    }
}
