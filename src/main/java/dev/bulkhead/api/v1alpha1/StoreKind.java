package dev.bulkhead.api.v1alpha1;

public enum StoreKind {
    SecretStore,
    ClusterSecretStore
}
