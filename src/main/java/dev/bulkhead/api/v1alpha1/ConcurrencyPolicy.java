package dev.bulkhead.api.v1alpha1;

public enum ConcurrencyPolicy {
    Allow,
    Forbid,
    Replace
}
