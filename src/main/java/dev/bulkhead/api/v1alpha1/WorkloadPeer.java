package dev.bulkhead.api.v1alpha1;

public record WorkloadPeer(String workload) {}
