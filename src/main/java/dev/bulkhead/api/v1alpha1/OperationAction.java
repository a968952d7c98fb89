package dev.bulkhead.api.v1alpha1;

public enum OperationAction {
    Adopt,
    Release,
    Purge,
    ReplaceCluster
}
