package dev.bulkhead.api.v1alpha1;

/** As JSON Web Algorithms name them (RFC 7518, RFC 8037). */
public enum JwtAlgorithm {
    ES256,
    ES384,
    RS256,
    EdDSA
}
