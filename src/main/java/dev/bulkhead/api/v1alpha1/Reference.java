package dev.bulkhead.api.v1alpha1;

public record Reference(String name) {}
