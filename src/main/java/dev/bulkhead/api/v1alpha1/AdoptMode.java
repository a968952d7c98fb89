package dev.bulkhead.api.v1alpha1;

public enum AdoptMode {
    Preview,
    Keep,
    Apply
}
