package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

@Wire
public record JobSettings(
        @JsonPropertyDescription("How often a failed pod is tried again.") @Default("6") @Min(0) @Max(1000)
        Integer backoffLimit,

        @JsonPropertyDescription("How many pods must succeed.") @Default("1") @Min(1) @Max(10000)
        Integer completions,

        @JsonPropertyDescription("How many pods run at once.") @Default("1") @Min(1) @Max(1000)
        Integer parallelism,

        @JsonPropertyDescription("Seconds after which it is stopped as failed. Without it: never.")
        @Min(1)
        @Max(31536000)
        @Nullable
        Integer activeDeadlineSeconds,

        @JsonPropertyDescription(
                "Seconds after its end when its pods are removed. Only for runs of a CronJob: a Job stays, so"
                        + " that it does not run again.")
        @Min(0)
        @Max(31536000)
        @Nullable
        Integer ttlSecondsAfterFinished) {

    public JobSettings {
        backoffLimit = Absent.or(backoffLimit, 6);
        completions = Absent.or(completions, 1);
        parallelism = Absent.or(parallelism, 1);
    }
}
