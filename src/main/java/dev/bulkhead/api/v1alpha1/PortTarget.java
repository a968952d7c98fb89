package dev.bulkhead.api.v1alpha1;

public record PortTarget(String workload, String port) {}
