package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

@Wire
public record ReleaseSettings(
        @JsonPropertyDescription(
                "What is done when the target cluster can't be reached. Wait until it can. Abandon lets go without it:"
                        + " what runs there keeps our labels, and nobody tidies it up. Only for a cluster that is gone"
                        + " for good; one that can be reached is released as ever.")
        @Default("Wait")
        Unreachable unreachable) {

    public ReleaseSettings {
        unreachable = Absent.or(unreachable, Unreachable.Wait);
    }
}
