package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

@Wire
public record ReplaceClusterSettings(
        @JsonPropertyDescription("The TargetCluster whose cluster was replaced.")
        @Required
        @Pattern(Syntax.SUBDOMAIN)
        @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH)
        String cluster,

        @JsonPropertyDescription("The UID of the new cluster's kube-system namespace, as the TargetCluster's status"
                + " shows it. The one before is never written to again, unless another ReplaceCluster names it.")
        @Required
        @Pattern("^[-._a-zA-Z0-9]+$")
        @Size(min = 1, max = 128)
        String uid) {}
