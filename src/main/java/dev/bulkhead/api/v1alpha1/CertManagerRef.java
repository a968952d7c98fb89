package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

@Wire
public record CertManagerRef(
        @JsonPropertyDescription("The issuer's name.")
        @Required
        @Pattern(Syntax.SUBDOMAIN)
        @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH)
        String name,

        @JsonPropertyDescription("Issuer: one in the target namespace. ClusterIssuer: one of the whole cluster.")
        @Default("Issuer")
        IssuerKind kind) {

    public CertManagerRef {
        kind = Absent.or(kind, IssuerKind.Issuer);
    }
}
