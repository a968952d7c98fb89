package dev.bulkhead.secrets.escrow;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.bulkhead.apply.EnvironmentId;
import java.util.Objects;
import java.util.SortedMap;

/**
 * A thing in a vault.
 *
 * @param version its ordinal; 0: it is the journal
 * @param data of a version in base64, of a journal as it is
 */
public record EscrowItem(
        String hubNamespace,
        String environment,
        String entry,
        int version,
        String name,
        SortedMap<String, String> labels,
        SortedMap<String, String> annotations,
        SortedMap<String, String> data) {

    public EscrowItem {
        Objects.requireNonNull(hubNamespace, "hubNamespace");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(entry, "entry");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(labels, "labels");
        Objects.requireNonNull(annotations, "annotations");
        Objects.requireNonNull(data, "data");
    }

    @JsonIgnore
    public boolean isJournal() {
        return version == 0;
    }

    EnvironmentId environmentId() {
        return new EnvironmentId(hubNamespace, environment);
    }

    /** In the words of a person, and without what is in it. */
    @Override
    public String toString() {
        return isJournal()
                ? "the journal of %s/%s".formatted(hubNamespace, environment)
                : "version %d of %s/%s/%s".formatted(version, hubNamespace, environment, entry);
    }
}
