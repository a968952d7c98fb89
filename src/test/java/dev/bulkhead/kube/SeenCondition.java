package dev.bulkhead.kube;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** A condition as the API server shows it; {@code observedGeneration} is 0 where there is none. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SeenCondition(String type, String status, String reason, String message, long observedGeneration) {

    public boolean isTrue() {
        return "True".equals(status);
    }

    @Override
    public String toString() {
        return "%s=%s %s: %s".formatted(type, status, reason, message);
    }
}
