package dev.bulkhead.mesh;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the control plane's identity tells of the issuer that it signs with.
 *
 * @param starts when each of its pods was started
 * @param updates when each of them last said that it has taken up an issuer: one Event for each process
 * @param refusal what one last said when it didn't
 */
record Identity(List<Instant> starts, List<Instant> updates, Optional<Refusal> refusal) {

    record Refusal(Instant at, String message) {}

    /** Whether each of its processes has read what was written then: by its Event, or because it was started later. */
    boolean hasRead(Instant written) {
        var older = starts.stream().filter(it -> !it.isAfter(written)).count();
        return updates.stream().filter(it -> !it.isBefore(written)).count() >= older;
    }

    Optional<String> refused(Instant written) {
        return refusal.filter(it -> !it.at().isBefore(written))
                .filter(it -> updates.stream().noneMatch(update -> update.isAfter(it.at())))
                .map(Refusal::message);
    }
}
