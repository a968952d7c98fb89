package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "!has(self.bits) || self.algorithm == 'RSA' && self.bits in [2048, 3072, 4096]"
                + " || self.algorithm == 'ECDSA' && self.bits in [256, 384, 521]",
        message =
                "bits is 2048, 3072 or 4096 for RSA and 256, 384 or 521 for ECDSA; Ed25519 has one size: correct or remove"
                        + " it",
        fieldPath = ".bits")
public record SshKeySettings(
        @JsonPropertyDescription("The kind of key.") @Default("Ed25519")
        SshAlgorithm algorithm,

        @JsonPropertyDescription("How long it is, in bits. Without it: 3072 for RSA, 256 for ECDSA.")
        @Min(256)
        @Max(4096)
        @Nullable
        Integer bits,

        @JsonPropertyDescription("What stands behind the public key. Without it: the entry's name.")
        @Pattern("^[!-~]+( [!-~]+)*$")
        @Size(min = 1, max = 100)
        @Nullable
        String comment) {

    public SshKeySettings {
        algorithm = Absent.or(algorithm, SshAlgorithm.Ed25519);
    }
}
