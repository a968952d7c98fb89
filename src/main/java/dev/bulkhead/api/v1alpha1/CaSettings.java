package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

@Wire
public record CaSettings(
        @JsonPropertyDescription(
                "How the next one comes to be trusted. CrossSign: the old one vouches for it, so its leaves"
                        + " are good to whoever knows only the old one. TrustBoth: everybody gets both first, and must have been"
                        + " restarted before the new one signs anything.")
        @Default("CrossSign")
        CaMode mode,

        @JsonPropertyDescription("How long a certificate of it is good. At least twice as long as its leaves'.")
        @Default("1825d")
        @Pattern(Syntax.SPAN)
        @Size(min = 2, max = Syntax.SPAN_LENGTH)
        String validity,

        @JsonPropertyDescription("At which part of its life the next one is made, if no schedule says so earlier.")
        @Default("66%")
        @Pattern("^[1-9][0-9]%$")
        @Size(max = 3)
        String renewAt,

        @JsonPropertyDescription(
                "Its name. The number of its version is put behind it, so that no two share a name. Without"
                        + " it: the entry's name.")
        @Pattern(Syntax.COMMON_NAME)
        @Size(min = 1, max = 52)
        @Nullable
        String commonName,

        @JsonPropertyDescription("The kind of its key.") @Default("P256")
        CertificateAlgorithm algorithm,

        @JsonPropertyDescription("The CA entry of this environment that signs it. Without it: it signs itself.")
        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        @Nullable
        String issuer) {

    public CaSettings {
        mode = Absent.or(mode, CaMode.CrossSign);
        validity = Absent.or(validity, "1825d");
        renewAt = Absent.or(renewAt, "66%");
        algorithm = Absent.or(algorithm, CertificateAlgorithm.P256);
    }
}
