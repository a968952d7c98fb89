package dev.bulkhead.environment;

import dev.bulkhead.status.Reason;
import dev.bulkhead.status.Standing;

/** An exception, in words for a person. */
final class Failure {

    private static final int DEEPEST = 10;

    private Failure() {}

    /** Either way we try again; a target that doesn't answer is not our fault, and the rest is. */
    static Standing standing(Exception e) {
        return e.getClass().getName().startsWith("io.fabric8.")
                ? new Standing.Reconciling(Reason.TargetFault, "The API server didn't do what it was asked: " + root(e))
                : new Standing.Reconciling(
                        Reason.InternalError,
                        "Bulkhead failed with %s: %s. Its log has more; please report it"
                                .formatted(e.getClass().getSimpleName(), root(e)));
    }

    private static String root(Throwable e) {
        var root = e;
        for (var depth = 0; root.getCause() != null && depth < DEEPEST; depth++) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
