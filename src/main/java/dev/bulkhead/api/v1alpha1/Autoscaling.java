package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Autoscaling(
        Integer minReplicas,
        Integer maxReplicas,
        Integer cpuPercent,
        @Nullable Integer memoryPercent) {

    public Autoscaling {
        minReplicas = Absent.or(minReplicas, 1);
        cpuPercent = Absent.or(cpuPercent, 80);
    }
}
