package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

@Wire
public record LinkerdCapability(
        @JsonPropertyDescription("Its version, such as edge-26.8.3; absent where it can't be told.") @Nullable
        String version,

        @JsonPropertyDescription("How packets between two proxies travel: transport-header sends all of them to the"
                + " proxy's port 4143, transparent keeps the ports of the application.")
        @Nullable
        String outboundTransportMode) {}
