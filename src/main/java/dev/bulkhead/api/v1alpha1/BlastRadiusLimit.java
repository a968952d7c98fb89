package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

@Wire
public record BlastRadiusLimit(
        @JsonPropertyDescription(
                "How many objects; those in a namespace that goes with them aren't counted again. A workload has"
                        + " five to ten.")
        @Default("25")
        @Min(0)
        @Max(100000)
        @Nullable
        Integer objects,

        @JsonPropertyDescription("How many namespaces.") @Default("1") @Min(0) @Max(1000) @Nullable
        Integer namespaces,

        @JsonPropertyDescription(
                "How many edges between workloads that stay, such as those of a NetworkPolicySet that is"
                        + " deleted: their traffic is cut.")
        @Default("10")
        @Min(0)
        @Max(100000)
        @Nullable
        Integer edges) {

    public BlastRadiusLimit {
        objects = Absent.or(objects, 25);
        namespaces = Absent.or(namespaces, 1);
        edges = Absent.or(edges, 10);
    }
}
