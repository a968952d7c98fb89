package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

@Wire
public record IngressEdge(
        @JsonPropertyDescription("The workloads and ports that it may reach.") @Required @Size(min = 1, max = 100)
        List<PortTarget> to) {

    public IngressEdge {
        to = Absent.or(to);
    }
}
