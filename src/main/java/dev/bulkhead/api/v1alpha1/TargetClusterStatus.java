package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TargetClusterStatus(
        @Nullable Long observedGeneration,
        List<Condition> conditions,
        @Nullable String version,
        @Nullable String uid,
        @Nullable Integer environments) {

    public TargetClusterStatus {
        conditions = Absent.or(conditions);
    }
}
