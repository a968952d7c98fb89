package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

@Wire
public record OperationResult(
        @JsonPropertyDescription("The object, such as Namespace shop-staging-data.")
        String object,

        @JsonPropertyDescription("What is to be said of it.")
        String text) {}
