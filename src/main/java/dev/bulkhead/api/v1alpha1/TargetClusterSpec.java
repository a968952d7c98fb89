package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(value = "has(self.local)", message = "say where the cluster is: local: {} is the operator's own")
public record TargetClusterSpec(
        @JsonPropertyDescription("The cluster that the operator runs in.") @Nullable
        LocalCluster local) {}
