package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

@Wire
public record ApiServerEdge(
        @JsonPropertyDescription("The workloads that may.") @Required @Size(min = 1, max = 100)
        List<WorkloadPeer> from) {

    public ApiServerEdge {
        from = Absent.or(from);
    }
}
