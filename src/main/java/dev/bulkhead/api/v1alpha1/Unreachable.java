package dev.bulkhead.api.v1alpha1;

/** What is to become of an environment whose cluster can't be reached. */
public enum Unreachable {
    Wait,
    Abandon
}
