package dev.bulkhead.api.v1alpha1;

public enum CertificateAlgorithm {
    P256,
    P384,
    RSA3072,
    RSA4096,
    Ed25519
}
