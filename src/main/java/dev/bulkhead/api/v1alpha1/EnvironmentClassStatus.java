package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Wire
public record EnvironmentClassStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of; -1: none yet.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Exactly one of Ready=True, Reconciling=True and Stalled=True holds.")
        List<Condition> conditions,

        @JsonPropertyDescription("How many environments use it.") @Nullable
        Integer environments) {

    public EnvironmentClassStatus {
        conditions = Absent.or(conditions);
    }
}
