package dev.bulkhead.environment.keeping;

import dev.bulkhead.apply.Ref;
import dev.bulkhead.secrets.rotation.HookState;
import dev.bulkhead.secrets.rotation.HookStep;
import dev.bulkhead.secrets.rotation.Line;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a target shows of the secrets of one environment. */
public interface Sight {

    /**
     * The {@link dev.bulkhead.environment.pillar.SecretWord words} of all pods of a workload that haven't ended, those on
     * their way out included. No request.
     */
    Set<String> words(String namespace, String workload);

    /** Of a Secret that another operator brings: data key → keyed hash; absent when it isn't there, or not known. No request. */
    Optional<Map<String, String>> brought(Ref secret);

    /** What became of the hook of a line's rotation and attempt. No request. */
    Map<HookStep, HookState> hooks(String entry, Line line);

    /** The pointer of a published Secret, read now; 0 when it has none. */
    long pointer(Ref secret);

    /** The version of an entry that is published, read now; 0 when there is none. */
    int published(String entry);
}
