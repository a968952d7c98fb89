package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EgressEdge(List<WorkloadPeer> from, CidrTarget to, List<Integer> ports, Protocol protocol) {

    public EgressEdge {
        from = Absent.or(from);
        ports = Absent.or(ports);
        protocol = Absent.or(protocol, Protocol.TCP);
    }
}
