package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

@Wire
public record ExternalKey(
        @JsonPropertyDescription("What the value is called here.")
        @Required
        @Pattern(Syntax.DATA_KEY)
        @Size(min = 1, max = 253)
        String name,

        @JsonPropertyDescription("What it is called in the store.") @Required @Size(min = 1, max = 1024)
        String remoteKey,

        @JsonPropertyDescription("Which part of it, where it has several.") @Size(min = 1, max = 1024) @Nullable
        String property,

        @JsonPropertyDescription("Which version of it. Without it: the newest.") @Size(min = 1, max = 253) @Nullable
        String version) {}
