package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

@Wire
public record AllowedEdge(
        @JsonPropertyDescription("Who calls.") @Required @Size(min = 1, max = 50)
        List<WorkloadPeer> from,

        @JsonPropertyDescription("Who is called, at which port.") @Required
        PortTarget to,

        @JsonPropertyDescription(
                "MutualTLS: between meshed pods only the mesh's identity opens the edge. Plain: the address"
                        + " does. Without a mesh they are the same.")
        @Default("MutualTLS")
        Transport transport) {

    public AllowedEdge {
        from = Absent.or(from);
        transport = Absent.or(transport, Transport.MutualTLS);
    }
}
