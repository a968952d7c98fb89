package dev.bulkhead.api.v1alpha1;

public enum OnRotation {
    Restart,
    Reload
}
