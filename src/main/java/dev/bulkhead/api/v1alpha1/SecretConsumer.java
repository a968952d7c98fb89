package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

@Wire
public record SecretConsumer(
        @JsonPropertyDescription("The workload.") @Required String workload,

        @JsonPropertyDescription("Whether all of its pods have what is published.") @Required
        String state,

        @JsonPropertyDescription("By what that is known.") @Nullable
        String evidence) {}
