package dev.bulkhead.secrets.rotation;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is there, when a decision is made.
 *
 * @param versions what the vault holds
 * @param inForce the pointer that the target shows everywhere, {@link #UNKNOWN} or {@link #NOWHERE}
 * @param published the version whose value the target shows; 0 when none, or when it isn't known
 * @param acceptorsBehind the workloads of which a pod hasn't the ACCEPT keys that are in force
 * @param usersBehind the workloads of which a pod hasn't the USE keys that are in force
 * @param elsewhere who else publishes it, and doesn't show yet what is to be published
 * @param hooks of the line's rotation and attempt; a step that isn't there was not started
 * @param wishes the oldest first
 * @param issuerSigning of an issued entry: which version of its CA signs now; 0 when none does yet, or its key is lost
 * @param issuerTrusted of an issued entry: whether the version that signed its current one is still in the bundles
 * @param leavesFollow of a CA: whether every version that the vault holds of its leaves was signed by its current one. A
 *     version is held until nobody has it any more, so no pod needs to be looked at; of the others true
 * @param source of a Static entry: the keyed hash of its source now; empty when there is none
 * @param paused whether the environment writes nothing
 */
public record Observed(
        Map<Integer, VersionFacts> versions,
        long inForce,
        int published,
        Set<String> acceptorsBehind,
        Set<String> usersBehind,
        Set<String> elsewhere,
        Map<HookStep, HookState> hooks,
        List<Wish> wishes,
        int issuerSigning,
        boolean issuerTrusted,
        boolean leavesFollow,
        String source,
        boolean paused) {

    /** Of a pointer that is shown: after a restart nobody knows, until something was applied. */
    public static final long UNKNOWN = -1;

    /** Of a pointer that is shown: the entry isn't published, as nobody uses it, so nobody has to be told. */
    public static final long NOWHERE = Long.MAX_VALUE;

    public Observed {
        versions = Map.copyOf(versions);
        acceptorsBehind = Set.copyOf(acceptorsBehind);
        usersBehind = Set.copyOf(usersBehind);
        elsewhere = Set.copyOf(elsewhere);
        hooks = Map.copyOf(hooks);
        wishes = List.copyOf(wishes);
    }

    /** Whether a target shows what a journal with this pointer can't have brought there. */
    public static boolean isAhead(long shown, long pointer) {
        return shown > pointer && shown != NOWHERE;
    }

    HookState hook(HookStep step) {
        return hooks.getOrDefault(step, new HookState.None());
    }

    boolean holds(int version) {
        return versions.containsKey(version);
    }
}
