package dev.bulkhead.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import org.junit.jupiter.api.Test;

/** The operator died between its write of a slice and the removal of the one before. Which goes at the next start? */
class RevisionsAfterACrashTest {

    @Test
    void theOneOfTheOlderGenerationGoes() {
        var before = revision("slice-1", 1, "90");
        var after = revision("slice-2", 2, "80");

        assertThat(Revisions.older(before, after)).isSameAs(before);
        assertThat(Revisions.older(after, before)).isSameAs(before);
    }

    /** The API server lists by name, and what is of an environment's uid has a name in no order. */
    @Test
    void ofTheSameGenerationTheOneOfTheEnvironmentThatWasThereBeforeGoes() {
        var before = revision("slice-3-of-e-2", 3, "99");
        var after = revision("slice-3-of-e-1", 3, "100");

        assertThat(Revisions.older(before, after)).isSameAs(before);
        assertThat(Revisions.older(after, before)).isSameAs(before);
    }

    private static ControllerRevision revision(String name, long generation, String resourceVersion) {
        return new ControllerRevisionBuilder()
                .withNewMetadata()
                .withName(name)
                .withResourceVersion(resourceVersion)
                .endMetadata()
                .withRevision(generation)
                .build();
    }
}
