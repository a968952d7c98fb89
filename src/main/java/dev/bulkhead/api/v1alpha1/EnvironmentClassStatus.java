package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EnvironmentClassStatus(
        @Nullable Long observedGeneration,
        List<Condition> conditions,
        @Nullable Integer environments) {

    public EnvironmentClassStatus {
        conditions = Absent.or(conditions);
    }
}
