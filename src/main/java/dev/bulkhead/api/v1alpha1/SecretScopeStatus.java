package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Wire
public record SecretScopeStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of; -1: none yet.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Exactly one of Ready=True, Reconciling=True and Stalled=True holds.")
        List<Condition> conditions,

        @JsonPropertyDescription("The environment whose live plan contains it.") @Nullable
        String environment,

        @JsonPropertyDescription("How many entries are in which phase, such as 1 Draining, 11 Stable.") @Nullable
        String summary,

        @JsonPropertyDescription("When the next rotation of any entry is due.") @Nullable
        String nextRotation,

        @JsonPropertyDescription("Each entry, never its value.")
        List<SecretEntryStatus> entries) {

    public SecretScopeStatus {
        conditions = Absent.or(conditions);
        entries = Absent.or(entries);
    }
}
