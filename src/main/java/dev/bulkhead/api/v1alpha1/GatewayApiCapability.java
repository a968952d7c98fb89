package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

@Wire
public record GatewayApiCapability(
        @JsonPropertyDescription("The version of its bundle, such as v1.6.1; absent where it can't be told.") @Nullable
        String version,

        @JsonPropertyDescription("standard or experimental; absent where it can't be told.") @Nullable
        String channel) {}
