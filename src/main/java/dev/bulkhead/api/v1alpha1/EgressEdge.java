package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

@Wire
public record EgressEdge(
        @JsonPropertyDescription("Who calls.") @Required @Size(min = 1, max = 50)
        List<WorkloadPeer> from,

        @JsonPropertyDescription("The addresses that are called.") @Required
        CidrTarget to,

        @JsonPropertyDescription("The ports that are called.") @Required @Size(min = 1, max = 20)
        List<@Min(1) @Max(65535) Integer> ports,

        @JsonPropertyDescription("The transport protocol.") @Default("TCP")
        Protocol protocol) {

    public EgressEdge {
        from = Absent.or(from);
        ports = Absent.or(ports);
        protocol = Absent.or(protocol, Protocol.TCP);
    }
}
