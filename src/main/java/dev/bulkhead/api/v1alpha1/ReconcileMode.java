package dev.bulkhead.api.v1alpha1;

public enum ReconcileMode {
    Apply,
    Plan,
    Pause
}
