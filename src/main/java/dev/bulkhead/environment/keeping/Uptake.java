package dev.bulkhead.environment.keeping;

import dev.bulkhead.secrets.rotation.Observed;
import java.util.Map;
import java.util.Set;

/**
 * What an environment has of an entry that another one grants it, as its last pass left it.
 *
 * @param inForce entries of the owner → the pointer that is in force here; {@link Observed#NOWHERE} when nobody uses it
 * @param shown the version that is published here, where that is ahead of the owner's journal; else 0
 * @param users the workloads that use a value of it
 * @param acceptors the workloads that check others by it
 * @param behind the workloads of which a pod may have something else than what is in force
 * @param evidence workload → what is known of it, where that isn't with which values its pods were started
 */
public record Uptake(
        Map<String, Long> inForce,
        int shown,
        Set<String> users,
        Set<String> acceptors,
        Set<String> behind,
        Map<String, String> evidence) {

    public Uptake {
        inForce = Map.copyOf(inForce);
        users = Set.copyOf(users);
        acceptors = Set.copyOf(acceptors);
        behind = Set.copyOf(behind);
        evidence = Map.copyOf(evidence);
    }

    long inForce(String entry) {
        return inForce.getOrDefault(entry, Observed.UNKNOWN);
    }
}
