package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

@Wire
public record RepairStatus(
        @JsonPropertyDescription("When, as RFC 3339.") @Required
        String time,

        @JsonPropertyDescription("What was repaired: kind namespace/name.") @Required
        String object,

        @JsonPropertyDescription("The field manager that had changed it, where known.") @Nullable
        String manager) {}
