package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SecretEntryStatus(
        @JsonPropertyDescription("The entry.") @Required String name,
        @JsonPropertyDescription("How far it is.") @Required String phase,

        @JsonPropertyDescription("Which version of it is published: a keyed hash, never the value.") @Nullable
        String version) {}
