package dev.bulkhead.api.v1alpha1;

/** The cluster that the operator runs in. */
@Wire
public record LocalCluster() {}
