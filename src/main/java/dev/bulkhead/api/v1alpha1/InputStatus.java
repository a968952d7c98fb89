package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

@Wire
public record InputStatus(
        @JsonPropertyDescription("The kind of the contributor.") @Required
        String kind,

        @JsonPropertyDescription("The name of the contributor.") @Required
        String name,

        @JsonPropertyDescription("The generation of it that the live plan contains.") @Required
        Long generation) {}
