package dev.bulkhead.environment.keeping;

import dev.bulkhead.secrets.rotation.Decision;
import dev.bulkhead.secrets.rotation.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When to look at secrets again, if nothing happens before. */
final class Waking {

    /** What ends with nothing that a watch tells: a pod's last moments, or a job's. */
    static final Duration SOON = Duration.ofSeconds(5);

    private Waking() {}

    /**
     * @param restarting whether pods are on their way without a rotation
     * @param settled when a source that was changed just now is believed
     * @return null when time alone changes nothing
     */
    static @Nullable Instant of(
            Map<String, Decision> decisions,
            Map<String, String> problems,
            boolean restarting,
            Optional<Instant> settled,
            Instant now) {
        var soon = Stream.of(now.plus(SOON))
                .filter(_ -> restarting
                        || !problems.isEmpty()
                        || decisions.values().stream().anyMatch(Waking::waitsForTheTarget));
        var lost = Stream.of(now.plus(Keeper.TRUST_IN_LOSS)).filter(_ -> decisions.values().stream()
                .anyMatch(it -> it.line().phase() == Phase.Lost));
        return Stream.of(decisions.values().stream().map(Decision::wake), soon, lost, settled.stream())
                .flatMap(Function.identity())
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private static boolean waitsForTheTarget(Decision decision) {
        return switch (decision.line().phase()) {
            case Staged, Installed, Published, Converging, RollingBack, Retired ->
                decision.line().retryAt() == null;
            case Stable, Due, Verified, Draining, Lost -> false;
        };
    }
}
