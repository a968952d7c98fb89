package dev.bulkhead.api.v1alpha1;

public enum SecretType {
    Password,
    Token,
    UUID,
    HMACKey,
    SSHKey,
    KeyPair,
    BasicAuth,
    CA,
    TLS,
    Static,
    External,
    Granted
}
