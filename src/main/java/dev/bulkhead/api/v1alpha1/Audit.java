package dev.bulkhead.api.v1alpha1;

/** What {@code enforcement: Audit} may take away. */
public enum Audit {
    /** Nothing that denies now. */
    Closed,
    /** Every denial. */
    Open
}
