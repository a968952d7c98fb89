package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PlanStatus(Integer create, Integer change, Integer delete, List<String> first) {

    public PlanStatus {
        first = Absent.or(first);
    }
}
