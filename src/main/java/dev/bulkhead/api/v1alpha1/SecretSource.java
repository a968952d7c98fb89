package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

@Wire
public record SecretSource(
        @JsonPropertyDescription("A key of a Secret in this namespace.") @Required
        SecretKeyRef secretRef) {}
