package dev.bulkhead.api.v1alpha1;

public record NamespaceStatus(String name, String namespace) {}
