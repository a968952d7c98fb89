package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WorkloadStatus(
        @Nullable Long observedGeneration,
        List<Condition> conditions,
        @Nullable String environment,
        @Nullable String namespace,
        @Nullable Integer replicas,
        @Nullable Integer readyReplicas,
        @Nullable String address,
        @Nullable String image) {

    public WorkloadStatus {
        conditions = Absent.or(conditions);
    }
}
