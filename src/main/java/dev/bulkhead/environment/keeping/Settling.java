package dev.bulkhead.environment.keeping;

import dev.bulkhead.apply.EnvironmentId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * What the Secrets are that Static entries come from, as keyed hashes. One that is edited twice in a moment has changed
 * once: what it was in between isn't followed.
 */
final class Settling {

    private static final Duration CALM = Duration.ofSeconds(2);

    private final Map<EnvironmentId, Map<String, Seen>> environments = new ConcurrentHashMap<>();

    /**
     * @param settled what is followed
     * @param latest what it is now
     */
    private record Seen(String settled, String latest, Instant since) {

        Seen next(String hash, Instant now) {
            if (!hash.equals(latest)) {
                return new Seen(settled, hash, now);
            }
            return isCalm(now) ? new Seen(hash, hash, since) : this;
        }

        /** Also when the clock was put back meanwhile. */
        private boolean isCalm(Instant now) {
            return Duration.between(since, now).abs().compareTo(CALM) >= 0;
        }
    }

    /**
     * @param now entry → the keyed hash of what it comes from; an entry whose source isn't there is left out
     * @param waits which entries have a value already, and so can wait a moment for another
     * @return the same, each as it has been for a moment
     */
    Map<String, String> of(EnvironmentId id, Map<String, String> now, Predicate<String> waits, Instant moment) {
        var before = environments.getOrDefault(id, Map.of());
        var after = new HashMap<String, Seen>();
        now.forEach((entry, hash) -> {
            var seen = before.get(entry);
            after.put(
                    entry, seen == null || !waits.test(entry) ? new Seen(hash, hash, moment) : seen.next(hash, moment));
        });
        environments.put(id, Map.copyOf(after));
        var settled = new HashMap<String, String>();
        after.forEach((entry, seen) -> settled.put(entry, seen.settled()));
        return settled;
    }

    /** When to look again. */
    Optional<Instant> wake(EnvironmentId id) {
        return environments.getOrDefault(id, Map.of()).values().stream()
                .filter(seen -> !seen.settled().equals(seen.latest()))
                .map(seen -> seen.since().plus(CALM))
                .min(Comparator.naturalOrder());
    }

    void forget(EnvironmentId id) {
        environments.remove(id);
    }
}
