package dev.bulkhead.runtime;

import java.time.Duration;
import java.util.Optional;

/**
 * What the operator is told at start.
 *
 * @param namespace the operator's own, where its hub id is kept
 * @param hubId which hub this is; without it the one that is kept, or a new one that then is
 * @param resync how often an environment is looked at when nothing happened; jittered by up to a tenth
 * @param parallelism reconciliations of one kind at once
 * @param operationHistory how many Operations that have ended are kept for each environment
 */
public record Settings(
        String namespace, Optional<String> hubId, Duration resync, int parallelism, int operationHistory) {

    public static final Settings DEFAULTS =
            new Settings("bulkhead-system", Optional.empty(), Duration.ofMinutes(30), 32, 20);
}
