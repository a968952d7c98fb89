package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

@Wire
public record MeshAnchorSource(
        @JsonPropertyDescription("A Secret in the operator's own namespace, with tls.crt and tls.key.") @Required
        Reference secretRef) {}
