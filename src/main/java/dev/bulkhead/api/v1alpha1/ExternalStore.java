package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

@Wire
public record ExternalStore(
        @JsonPropertyDescription("The store's name.")
        @Required
        @Pattern(Syntax.SUBDOMAIN)
        @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH)
        String name,

        @JsonPropertyDescription(
                "SecretStore: one in the target namespace. ClusterSecretStore: one of the whole cluster.")
        @Default("SecretStore")
        StoreKind kind) {

    public ExternalStore {
        kind = Absent.or(kind, StoreKind.SecretStore);
    }
}
