package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

@Wire
public record Restarts(
        @JsonPropertyDescription("How many workloads may be restarting at once because of a rotation.")
        @Default("3")
        @Min(1)
        @Max(100)
        Integer maxConcurrent,

        @JsonPropertyDescription(
                "How long after a value is published everywhere the files that are mounted with onRotation:"
                        + " Reload count as written anew, and as read: at least 2m, which a kubelet may take.")
        @Default("3m")
        @Pattern("^(([2-9]|[1-9][0-9]{1,2})m|[1-9][0-9]?h)$")
        @Size(max = 4)
        String reloadAfter) {

    public Restarts {
        maxConcurrent = Absent.or(maxConcurrent, 3);
        reloadAfter = Absent.or(reloadAfter, "3m");
    }
}
