package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Something that is installed. */
@Wire
public record InstalledVersion(
        @JsonPropertyDescription("Its version, as it says it; absent where it can't be told.") @Nullable
        String version) {}
