package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Wire
public record SecretEntryStatus(
        @JsonPropertyDescription("The entry.") @Required String name,
        @JsonPropertyDescription("How far it is.") @Required String phase,

        @JsonPropertyDescription(
                "Which version of it is published: its number. Of a Static entry that has none yet a keyed hash, never the value.")
        @Nullable
        String version,

        @JsonPropertyDescription("The version before, while it is still accepted.") @Nullable
        String previous,

        @JsonPropertyDescription("The rotation under way, or the last one.") @Nullable
        String rotationId,

        @JsonPropertyDescription(
                "What that rotation is for: First, Schedule, Expiry, Recipe, Issuer, Source, or an Operation.")
        @Nullable
        String cause,

        @JsonPropertyDescription("When the version was published.") @Nullable
        String lastRotation,

        @JsonPropertyDescription("When the next one is due.") @Nullable
        String nextRotation,

        @JsonPropertyDescription("When its certificate ends.") @Nullable
        String expires,

        @JsonPropertyDescription("Until when the version before is kept, at least.") @Nullable
        String drainUntil,

        @JsonPropertyDescription("The workloads that use it.")
        List<SecretConsumer> consumers,

        @JsonPropertyDescription("What keeps it from going on: what is wrong, where, and what to do.") @Nullable
        String message) {

    public SecretEntryStatus {
        consumers = Absent.or(consumers);
    }

    public SecretEntryStatus(String name, String phase, @Nullable String version) {
        this(name, phase, version, null, null, null, null, null, null, null, List.of(), null);
    }

    public SecretEntryStatus with(List<SecretConsumer> others) {
        return new SecretEntryStatus(
                name,
                phase,
                version,
                previous,
                rotationId,
                cause,
                lastRotation,
                nextRotation,
                expires,
                drainUntil,
                others,
                message);
    }
}
