package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

@Wire
public record MetricTemplateRef(
        @JsonPropertyDescription("Its name.")
        @Required
        @Pattern(Syntax.SUBDOMAIN)
        @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH)
        String name,

        @JsonPropertyDescription(
                "Its namespace in the target cluster: one of the environment, or one that the class lists in"
                        + " metricTemplateNamespaces. Without it: the one that the workload lives in.")
        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        @Nullable
        String namespace) {}
