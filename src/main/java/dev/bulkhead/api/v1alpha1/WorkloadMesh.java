package dev.bulkhead.api.v1alpha1;

public record WorkloadMesh(Injection inject) {

    public WorkloadMesh {
        inject = Absent.or(inject, Injection.Enabled);
    }
}
