package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AllowedEdge(List<WorkloadPeer> from, PortTarget to, Transport transport) {

    public AllowedEdge {
        from = Absent.or(from);
        transport = Absent.or(transport, Transport.MutualTLS);
    }
}
