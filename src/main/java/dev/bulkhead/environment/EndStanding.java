package dev.bulkhead.environment;

import dev.bulkhead.apply.Applied;
import dev.bulkhead.status.Reason;
import dev.bulkhead.status.Standing;
import java.util.List;
import java.util.Optional;

/** How an environment stands that is on its way out. Pure. */
public final class EndStanding {

    /** How many objects a message names. */
    private static final int NAMED = 5;

    private EndStanding() {}

    static Standing of(Pass.Ending ending) {
        var open = ending.outcome().results().stream()
                .filter(it -> LiveStanding.of(it).isPresent())
                .toList();
        return stuck(open)
                .or(() -> refused(open))
                .orElseGet(() -> new Standing.Reconciling(
                        Reason.Terminating,
                        open.isEmpty()
                                ? "Nothing is left to remove"
                                : "%d objects are left to remove: %s"
                                        .formatted(
                                                open.size(),
                                                String.join(
                                                        ", ",
                                                        open.stream()
                                                                .limit(NAMED)
                                                                .map(it ->
                                                                        it.ref().toString())
                                                                .toList()))));
    }

    /** Somebody else holds something: what it is comes first, as nobody but a person can help. */
    private static Optional<Standing> stuck(List<Applied> open) {
        return open.stream()
                .filter(it -> it instanceof Applied.Waiting waiting && waiting.lack() == Applied.Lack.FINALIZER)
                .findFirst()
                .flatMap(LiveStanding::of);
    }

    private static Optional<Standing> refused(List<Applied> open) {
        return open.stream()
                .filter(Applied.Refused.class::isInstance)
                .findFirst()
                .flatMap(LiveStanding::of);
    }

    static Standing of(Pass.Released released) {
        if (!released.done()) {
            return new Standing.Reconciling(
                    Reason.Released,
                    released.trouble().isEmpty() ? "Being released" : "Being released: " + released.trouble());
        }
        return released(released.since());
    }

    /** Of an environment that was let go, and of all that is about it. */
    public static Standing released(String since) {
        return new Standing.Stalled(
                Reason.Released,
                ("Released at %s: everything keeps running, and nothing looks after it. Take the annotation %s off to"
                                + " have it looked after again")
                        .formatted(since, ReleaseMark.NAME));
    }
}
