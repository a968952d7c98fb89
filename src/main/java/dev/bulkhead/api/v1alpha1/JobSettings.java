package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record JobSettings(
        Integer backoffLimit,
        Integer completions,
        Integer parallelism,
        @Nullable Integer activeDeadlineSeconds,
        @Nullable Integer ttlSecondsAfterFinished) {

    public JobSettings {
        backoffLimit = Absent.or(backoffLimit, 6);
        completions = Absent.or(completions, 1);
        parallelism = Absent.or(parallelism, 1);
    }
}
