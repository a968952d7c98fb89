package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "has(self.issuer) != has(self.certManager)",
        message =
                "name exactly one of issuer (a CA entry of this environment) and certManager (an issuer of cert-manager)",
        reason = "FieldValueRequired",
        fieldPath = ".issuer")
@ValidationRule(
        value = "has(self.commonName) || has(self.dnsNames) && self.dnsNames.size() > 0"
                + " || has(self.ipAddresses) && self.ipAddresses.size() > 0",
        message = "a certificate needs somebody that it is for: dnsNames, ipAddresses or commonName",
        reason = "FieldValueRequired",
        fieldPath = ".dnsNames")
@ValidationRule(
        value = "!has(self.certManager) || !has(self.formats) || !self.formats.exists(format, format == 'PKCS12')",
        message = "cert-manager would need a password for a keystore, and there is none: remove PKCS12 from formats",
        reason = "FieldValueForbidden",
        fieldPath = ".formats")
public record TlsSettings(
        @JsonPropertyDescription("The CA entry of this environment that signs it.")
        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        @Nullable
        String issuer,

        @JsonPropertyDescription("The issuer of cert-manager that signs it. cert-manager then makes and renews it.")
        @Nullable
        CertManagerRef certManager,

        @JsonPropertyDescription("The names that it is for.") @Size(max = 50)
        List<@Pattern(Syntax.HOST) @Size(min = 1, max = 253) String> dnsNames,

        @JsonPropertyDescription("The addresses that it is for.")
        @Size(max = 20)
        @ValidationRule(
                value = "self.all(address, isIP(address))",
                message = "must be IP addresses, such as 10.0.0.1 or 2001:db8::1")
        List<@Size(min = 2, max = 45) String> ipAddresses,

        @JsonPropertyDescription(
                "Who it is, for a peer that asks for a name: mostly for clients. Peers compare dnsNames.")
        @Pattern(Syntax.COMMON_NAME)
        @Size(min = 1, max = 64)
        @Nullable
        String commonName,

        @JsonPropertyDescription("What it is good for. Without any: both.") @Size(max = 2)
        List<CertificateUsage> usages,

        @JsonPropertyDescription("How long it is good; never longer than its CA.")
        @Default("90d")
        @Pattern(Syntax.SPAN)
        @Size(min = 2, max = Syntax.SPAN_LENGTH)
        String validity,

        @JsonPropertyDescription("At which part of its life the next one is made.")
        @Default("66%")
        @Pattern("^[1-9][0-9]%$")
        @Size(max = 3)
        String renewAt,

        @JsonPropertyDescription("The kind of its key.") @Default("P256")
        CertificateAlgorithm algorithm,

        @JsonPropertyDescription(
                "In which other shapes it is published. CombinedPEM: certificate, chain and key in the one"
                        + " file tls-combined.pem. PKCS12: keystore.p12, and the word that opens it in keystore.password.")
        @Size(max = 2)
        List<CertificateFormat> formats) {

    public TlsSettings {
        dnsNames = Absent.or(dnsNames);
        ipAddresses = Absent.or(ipAddresses);
        usages = Absent.or(usages);
        validity = Absent.or(validity, "90d");
        renewAt = Absent.or(renewAt, "66%");
        algorithm = Absent.or(algorithm, CertificateAlgorithm.P256);
        formats = Absent.or(formats);
    }
}
