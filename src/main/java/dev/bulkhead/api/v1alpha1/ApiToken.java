package dev.bulkhead.api.v1alpha1;

public enum ApiToken {
    None,
    Mounted
}
