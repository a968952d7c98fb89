package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EnvironmentStatus(
        @Nullable Long observedGeneration,
        List<Condition> conditions,
        @Nullable String cluster,
        @JsonProperty("class") @Nullable String className,
        List<NamespaceStatus> namespaces,
        List<InputStatus> inputs,
        @Nullable Integer objects,
        @Nullable Drift drift,
        @Nullable RepairStatus lastRepair,
        @Nullable PlanStatus plan,
        @Nullable String fingerprint) {

    public EnvironmentStatus {
        conditions = Absent.or(conditions);
        namespaces = Absent.or(namespaces);
        inputs = Absent.or(inputs);
    }
}
