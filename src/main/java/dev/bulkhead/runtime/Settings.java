package dev.bulkhead.runtime;

import dev.bulkhead.cluster.OperatorAccount;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the operator is told at start.
 *
 * @param namespace the operator's own, where its hub id is kept
 * @param hubId which hub this is; without it the one that is kept, or a new one that then is
 * @param serviceAccount the operator's own; without it nothing is bound to it, and Secrets are read everywhere
 * @param resync how often an environment is looked at when nothing happened; jittered by up to a tenth
 * @param parallelism environments of one cluster that are worked on at once
 * @param operationHistory how many Operations that have ended are kept for each environment
 * @param secretWritesPerSecond how much of rotations may be written in a second, to all API servers together
 * @param targetCidrs where target clusters may be; none: anywhere that isn't somebody's own
 * @param identity which process this is; without it a new one each time
 */
public record Settings(
        String namespace,
        Optional<String> hubId,
        Optional<String> serviceAccount,
        Duration resync,
        int parallelism,
        int operationHistory,
        int secretWritesPerSecond,
        List<String> targetCidrs,
        Optional<String> identity) {

    static final int SECRET_WRITES = 300;
    private static final int MOST_SECRET_WRITES = 10_000;

    public static final Settings DEFAULTS =
            new Settings("bulkhead-system", Optional.empty(), Optional.empty(), Duration.ofMinutes(30), 32, 20);

    public Settings {
        if (secretWritesPerSecond < 1 || secretWritesPerSecond > MOST_SECRET_WRITES) {
            throw new IllegalArgumentException(
                    "bulkhead.secret-writes-per-second is %d. Set it to 1 to %d, or leave it at %d"
                            .formatted(secretWritesPerSecond, MOST_SECRET_WRITES, SECRET_WRITES));
        }
        targetCidrs = List.copyOf(targetCidrs);
    }

    /** With targets anywhere. */
    public Settings(
            String namespace,
            Optional<String> hubId,
            Optional<String> serviceAccount,
            Duration resync,
            int parallelism,
            int operationHistory) {
        this(
                namespace,
                hubId,
                serviceAccount,
                resync,
                parallelism,
                operationHistory,
                SECRET_WRITES,
                List.of(),
                Optional.empty());
    }

    /** The same, with target clusters nowhere else. */
    public Settings withTargetsIn(List<String> cidrs) {
        return new Settings(
                namespace,
                hubId,
                serviceAccount,
                resync,
                parallelism,
                operationHistory,
                secretWritesPerSecond,
                cidrs,
                identity);
    }

    /** The same, of a process of this name. */
    public Settings withIdentity(String name) {
        return new Settings(
                namespace,
                hubId,
                serviceAccount,
                resync,
                parallelism,
                operationHistory,
                secretWritesPerSecond,
                targetCidrs,
                Optional.of(name));
    }

    /** Who we are in our own cluster. */
    public OperatorAccount account() {
        return serviceAccount.map(name -> new OperatorAccount(namespace, name)).orElse(OperatorAccount.NONE);
    }
}
