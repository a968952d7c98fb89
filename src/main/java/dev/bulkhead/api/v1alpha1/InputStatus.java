package dev.bulkhead.api.v1alpha1;

public record InputStatus(String kind, String name, Long generation) {}
