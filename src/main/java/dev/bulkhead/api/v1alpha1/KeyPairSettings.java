package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

@Wire
public record KeyPairSettings(
        @JsonPropertyDescription(
                "What tokens are signed with: ES256 (P-256), ES384 (P-384), RS256 (RSA, 3072 bits) or EdDSA"
                        + " (Ed25519).")
        @Default("ES256")
        JwtAlgorithm algorithm) {

    public KeyPairSettings {
        algorithm = Absent.or(algorithm, JwtAlgorithm.ES256);
    }
}
