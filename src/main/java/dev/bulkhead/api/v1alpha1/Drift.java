package dev.bulkhead.api.v1alpha1;

public enum Drift {
    None,
    Repaired,
    Contested
}
