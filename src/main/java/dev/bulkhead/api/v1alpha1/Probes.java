package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value =
                "(!has(self.startup) || self.startup.successThreshold == 1) && (!has(self.liveness) || self.liveness.successThreshold == 1)",
        message = "successThreshold of startup and liveness must be 1: remove it")
public record Probes(
        @JsonPropertyDescription("Until it succeeds the others wait; failing for good restarts the container.")
        @Nullable
        Probe startup,

        @JsonPropertyDescription("While it fails the pod gets no requests.") @Nullable
        Probe readiness,

        @JsonPropertyDescription("When it fails the container is restarted.") @Nullable
        Probe liveness) {}
