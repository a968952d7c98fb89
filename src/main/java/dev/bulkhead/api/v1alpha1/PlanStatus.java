package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;

@Wire
public record PlanStatus(
        @JsonPropertyDescription("How many objects would be created.") @Required
        Integer create,

        @JsonPropertyDescription("How many objects would be changed.") @Required
        Integer change,

        @JsonPropertyDescription("How many objects would be deleted.") @Required
        Integer delete,

        @JsonPropertyDescription("The first few of them.") List<String> first) {

    public PlanStatus {
        first = Absent.or(first);
    }
}
