package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Those that a proxy of Linkerd can ask again for, as its annotations name them. */
public enum GrpcStatus {
    @JsonProperty("cancelled")
    CANCELLED("cancelled"),
    @JsonProperty("deadline-exceeded")
    DEADLINE_EXCEEDED("deadline-exceeded"),
    @JsonProperty("internal")
    INTERNAL("internal"),
    @JsonProperty("resource-exhausted")
    RESOURCE_EXHAUSTED("resource-exhausted"),
    @JsonProperty("unavailable")
    UNAVAILABLE("unavailable");

    private final String value;

    GrpcStatus(String value) {
        this.value = value;
    }

    public String value() {
        return value;
    }
}
