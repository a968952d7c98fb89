package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "has(self.maxUnavailable) != has(self.minAvailable)",
        message = "name exactly one of maxUnavailable and minAvailable")
public record Disruption(
        @JsonPropertyDescription("How many pods may be away at once: a number, or a share such as 25%.") @Nullable
        IntOrString maxUnavailable,

        @JsonPropertyDescription("How many pods must stay: a number, or a share such as 75%.") @Nullable
        IntOrString minAvailable) {}
