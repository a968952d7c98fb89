package dev.bulkhead.api.v1alpha1;

public enum CertificateFormat {
    CombinedPEM,
    PKCS12
}
