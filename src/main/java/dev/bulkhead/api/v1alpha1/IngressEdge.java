package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record IngressEdge(List<PortTarget> to) {

    public IngressEdge {
        to = Absent.or(to);
    }
}
