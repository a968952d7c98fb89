package dev.bulkhead.api.v1alpha1;

public enum SshAlgorithm {
    Ed25519,
    ECDSA,
    RSA
}
