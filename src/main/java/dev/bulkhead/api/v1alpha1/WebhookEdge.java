package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

@Wire
public record WebhookEdge(
        @JsonPropertyDescription("The workloads and ports that it may call. The ports must be TCP.")
        @Required
        @Size(min = 1, max = 100)
        List<PortTarget> to) {

    public WebhookEdge {
        to = Absent.or(to);
    }
}
