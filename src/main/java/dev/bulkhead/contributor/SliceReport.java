package dev.bulkhead.contributor;

import dev.bulkhead.api.v1alpha1.SecretEntryStatus;
import dev.bulkhead.status.Standing;
import java.util.Map;

/**
 * What the last look at an environment says of one of its contributors.
 *
 * @param generation the contributor's generation that was judged
 * @param namespace of a workload, in the target; else empty
 * @param replicas of a workload: how many pods it wants; else zero
 * @param readyReplicas how many of them are up
 * @param secrets of a SecretScope: where each of its entries is that has a value; else empty
 */
public record SliceReport(
        long generation,
        Standing standing,
        String namespace,
        int replicas,
        int readyReplicas,
        Map<String, SecretEntryStatus> secrets) {

    /** A report of what wasn't looked at. */
    public static SliceReport none(long generation, Standing standing) {
        return new SliceReport(generation, standing, "", 0, 0, Map.of());
    }
}
