package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Wire
public record AllowedEdge(
        @JsonPropertyDescription("Who calls.") @Required @Size(min = 1, max = 50)
        List<WorkloadPeer> from,

        @JsonPropertyDescription("Who is called, at which port.") @Required
        PortTarget to,

        @JsonPropertyDescription(
                "MutualTLS: only who proves by the mesh's certificate that it is the caller gets in; refused where"
                        + " one of the two isn't in a mesh. Plain: the address is enough. Without it: MutualTLS between two that are"
                        + " in the mesh, else Plain.")
        @Nullable
        Transport transport,

        @JsonPropertyDescription(
                "The requests that may be made over this edge; each entry opens some. The mesh keeps to"
                        + " it, so that who is called must be in one. Without it: everything that the port takes.")
        @Size(max = 16)
        List<HttpMatch> http) {

    public AllowedEdge {
        from = Absent.or(from);
        http = Absent.or(http);
    }
}
