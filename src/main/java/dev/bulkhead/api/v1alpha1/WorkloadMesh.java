package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

@Wire
public record WorkloadMesh(
        @JsonPropertyDescription("Disabled: its pods get no proxy, in an environment whose others do.")
        @Default("Enabled")
        Injection inject) {

    public WorkloadMesh {
        inject = Absent.or(inject, Injection.Enabled);
    }
}
