package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

@Wire
public record NamespaceStatus(
        @JsonPropertyDescription("Its name in spec.namespaces.") @Required
        String name,

        @JsonPropertyDescription("Its name in the target cluster.") @Required
        String namespace) {}
