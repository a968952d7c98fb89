package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

@Wire
public record StorageClassCapability(
        @JsonPropertyDescription("Its name.") @Required String name,

        @JsonPropertyDescription("What makes its volumes.") String provisioner,

        @JsonPropertyDescription("True on the class that a claim without one gets.") @Nullable
        Boolean isDefault) {}
