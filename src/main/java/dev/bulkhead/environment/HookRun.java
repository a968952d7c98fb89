package dev.bulkhead.environment;

import dev.bulkhead.apply.Entry.Source;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.secrets.rotation.HookStep;
import java.time.Duration;
import java.util.Map;

/**
 * A step of a rotation that a workload of type Hook carries out now.
 *
 * @param rotationId of the rotation under way
 * @param attempt counts the tries with the same values
 * @param timeout after which it is stopped
 * @param pending data key → what its value is read from: of the version that is to be installed and verified, or of the
 *     one that is to be revoked
 * @param current the same of the version that is in use; empty when there is none yet
 * @param over whether it has failed, and the next try is waited for: until then its log can be read, and no other is made
 */
public record HookRun(
        String entry,
        HookStep step,
        String rotationId,
        int attempt,
        Duration timeout,
        WorkloadSlice workload,
        Map<String, Source> pending,
        Map<String, Source> current,
        boolean over) {

    public HookRun {
        pending = Map.copyOf(pending);
        current = Map.copyOf(current);
    }
}
