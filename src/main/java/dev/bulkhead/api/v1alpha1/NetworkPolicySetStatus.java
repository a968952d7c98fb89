package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Wire
public record NetworkPolicySetStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of; -1: none yet.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Exactly one of Ready=True, Reconciling=True and Stalled=True holds.")
        List<Condition> conditions,

        @JsonPropertyDescription("The environment whose live plan contains it.") @Nullable
        String environment,

        @JsonPropertyDescription(
                "How many edges it names: each caller and whom it may call count one. Those of metrics aren't counted.")
        @Nullable
        Integer edges) {

    public NetworkPolicySetStatus {
        conditions = Absent.or(conditions);
    }
}
