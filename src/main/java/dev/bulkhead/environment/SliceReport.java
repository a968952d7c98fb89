package dev.bulkhead.environment;

import dev.bulkhead.status.Standing;
import java.util.Map;

/**
 * What the last look at an environment says of one of its contributors.
 *
 * @param generation the contributor's generation that was judged
 * @param namespace of a workload, in the target; else empty
 * @param secretVersions of a SecretScope: entry → version that is published; else empty
 */
public record SliceReport(
        long generation, Standing standing, String namespace, Map<String, String> secretVersions) {

    static SliceReport none(long generation, Standing standing) {
        return new SliceReport(generation, standing, "", Map.of());
    }
}
