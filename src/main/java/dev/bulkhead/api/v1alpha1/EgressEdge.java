package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

@Wire
@ValidationRule(
        value = "!has(self.to.domains) || self.protocol == 'TCP'",
        message = "names are looked for in what TCP carries: set protocol to TCP, or name a cidr",
        fieldPath = ".protocol")
public record EgressEdge(
        @JsonPropertyDescription("Who calls.") @Required @Size(min = 1, max = 50)
        List<WorkloadPeer> from,

        @JsonPropertyDescription("What is called: addresses, or names.") @Required
        EgressTarget to,

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
