package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Wire
public record WorkloadStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of; -1: none yet.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Exactly one of Ready=True, Reconciling=True and Stalled=True holds.")
        List<Condition> conditions,

        @JsonPropertyDescription("The environment whose live plan contains it.") @Nullable
        String environment,

        @JsonPropertyDescription("The real name of its namespace, in the target cluster.") @Nullable
        String namespace,

        @JsonPropertyDescription("How many pods there should be.") @Nullable
        Integer replicas,

        @JsonPropertyDescription("How many pods are ready.") @Nullable
        Integer readyReplicas,

        @JsonPropertyDescription("Where others reach it: the DNS name of its Service.") @Nullable
        String address,

        @JsonPropertyDescription("The image that the live plan runs.") @Nullable
        String image) {

    public WorkloadStatus {
        conditions = Absent.or(conditions);
    }
}
