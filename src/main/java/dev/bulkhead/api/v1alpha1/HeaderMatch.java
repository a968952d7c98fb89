package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

@Wire
public record HeaderMatch(
        @JsonPropertyDescription("The header's name; upper and lower case are the same.")
        @Required
        @Pattern("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")
        @Size(min = 1, max = 256)
        String name,

        @JsonPropertyDescription("Its whole value.") @Required @Size(min = 1, max = 4096)
        String value) {}
