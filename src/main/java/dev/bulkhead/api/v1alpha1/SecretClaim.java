package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

@Wire
@ValidationRule(
        value = "self == oldSelf",
        message =
                "what an entry is granted from is immutable: make another entry, move its users there, and remove this one")
public record SecretClaim(
        @JsonPropertyDescription("The SecretScope of this namespace whose spec.grants names this one. Immutable.")
        @Required
        @Pattern(Syntax.SUBDOMAIN)
        @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH)
        String scope,

        @JsonPropertyDescription("Its entry. Immutable.")
        @Required
        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        String entry) {}
