package dev.bulkhead.environment;

import dev.bulkhead.status.Reason;

/** What is to be said of one contributor, as it stands now. */
public sealed interface Verdict {

    /** Its slice goes into the plan. */
    record Accepted() implements Verdict {}

    /**
     * Its slice goes into the plan, and with it what it had before and something still needs.
     *
     * @param why what is to be said of that
     */
    record Holding(Verdict why) implements Verdict {}

    /** It refers to something that isn't there yet. */
    record Waiting(Reason reason, String message) implements Verdict {}

    /** It asks for what it can't have. The last version that was accepted stays in force. */
    record Refused(Reason reason, String message) implements Verdict {}
}
