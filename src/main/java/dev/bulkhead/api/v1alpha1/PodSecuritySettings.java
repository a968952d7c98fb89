package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PodSecuritySettings(
        @Nullable Long runAsUser,
        @Nullable Long runAsGroup,
        @Nullable Long fsGroup,
        Boolean readOnlyRootFilesystem) {

    public PodSecuritySettings {
        readOnlyRootFilesystem = Absent.or(readOnlyRootFilesystem, true);
    }
}
