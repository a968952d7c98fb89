package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Wire
public record OperationStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of; -1: none yet.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Exactly one of Ready=True, Reconciling=True and Stalled=True holds.")
        List<Condition> conditions,

        @JsonPropertyDescription("When it was taken up.") @Nullable
        String startTime,

        @JsonPropertyDescription("When it ended, well or not. From then on it is never run again.") @Nullable
        String completionTime,

        @JsonPropertyDescription("Object by object: what was done, or would be, or is to be known.")
        List<OperationResult> results) {

    public OperationStatus {
        conditions = Absent.or(conditions);
        results = Absent.or(results);
    }
}
