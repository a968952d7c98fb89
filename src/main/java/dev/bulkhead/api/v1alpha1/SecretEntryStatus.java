package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

@Wire
public record SecretEntryStatus(
        @JsonPropertyDescription("The entry.") @Required String name,
        @JsonPropertyDescription("How far it is.") @Required String phase,

        @JsonPropertyDescription("Which version of it is published: a keyed hash, never the value.") @Nullable
        String version) {}
