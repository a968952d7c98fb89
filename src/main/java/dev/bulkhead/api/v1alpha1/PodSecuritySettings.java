package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

@Wire
public record PodSecuritySettings(
        @JsonPropertyDescription(
                "The user id to run as. Without it: the image's, which must not be root where the namespace is"
                        + " restricted.")
        @Min(0)
        @Max(2147483647)
        @Nullable
        Long runAsUser,

        @JsonPropertyDescription("The group id to run as. Without it: the image's.") @Min(0) @Max(2147483647) @Nullable
        Long runAsGroup,

        @JsonPropertyDescription("The group that volumes are made writable for.") @Min(0) @Max(2147483647) @Nullable
        Long fsGroup,

        @JsonPropertyDescription("Whether the container's own file system is read-only; storage stays writable.")
        @Default("true")
        Boolean readOnlyRootFilesystem) {

    public PodSecuritySettings {
        readOnlyRootFilesystem = Absent.or(readOnlyRootFilesystem, true);
    }
}
