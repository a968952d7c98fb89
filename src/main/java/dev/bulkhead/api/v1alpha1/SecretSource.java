package dev.bulkhead.api.v1alpha1;

public record SecretSource(SecretKeyRef secretRef) {}
