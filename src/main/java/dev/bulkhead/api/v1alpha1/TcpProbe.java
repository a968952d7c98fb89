package dev.bulkhead.api.v1alpha1;

public record TcpProbe(String port) {}
