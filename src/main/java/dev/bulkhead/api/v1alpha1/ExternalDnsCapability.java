package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

@Wire
public record ExternalDnsCapability(
        @JsonPropertyDescription("Its version, such as v0.22.0; absent where it can't be told.") @Nullable
        String version,

        @JsonPropertyDescription("What the annotations that it reads begin with, such as external-dns.kubernetes.io/.")
        @Nullable
        String annotationPrefix) {}
