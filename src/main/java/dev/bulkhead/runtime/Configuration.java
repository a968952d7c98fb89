package dev.bulkhead.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The operator's settings as configuration properties, {@code bulkhead.*}, or environment variables, BULKHEAD_*. */
@ConfigMapping(prefix = "bulkhead")
public interface Configuration {

    /** The operator's own namespace, where its hub id is kept. */
    @WithDefault("bulkhead-system")
    String namespace();

    /** Which hub this is. Unset: the one that is kept in ConfigMap bulkhead-hub, or a new one. */
    Optional<String> hubId();

    /** The operator's own ServiceAccount, in its own namespace. Unset outside of a pod. */
    Optional<String> serviceAccount();

    /** How often an environment is looked at when nothing happened. At least 30 minutes keep a quiet cluster quiet. */
    @WithDefault("30M")
    Duration resync();

    /** How many environments of one cluster are worked on at once. */
    @WithDefault("32")
    int parallelism();

    /** How many Operations that have ended are kept for each environment. */
    @WithDefault("20")
    int operationHistory();

    /** How much of the rotations of secrets may be written in a second, to all API servers together: 1 to 10000. */
    @WithDefault("300")
    int secretWritesPerSecond();

    /** Where target clusters may be, as CIDRs. Unset: anywhere but where something of the hub's own, or metadata, is. */
    Optional<List<String>> targetCidrs();

    /** Which replica this is, for the lease and in audit logs: a pod's name and UID. Unset: a new one each time. */
    Optional<String> identity();

    LeaderElection leaderElection();

    /** Of several replicas one works. */
    interface LeaderElection {

        /** False: this one has the cluster alone. */
        @WithDefault("true")
        boolean enabled();
    }

    default Settings settings() {
        return new Settings(
                namespace(),
                hubId(),
                serviceAccount(),
                resync(),
                parallelism(),
                operationHistory(),
                secretWritesPerSecond(),
                targetCidrs().orElse(List.of()),
                identity());
    }
}
