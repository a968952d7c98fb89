package dev.bulkhead.environment;

import dev.bulkhead.status.Reason;

/** What came of gathering: everything, or the first thing that is missing. */
public sealed interface Gathering permits Gathered, Gathering.Missing {

    record Missing(Reason reason, String message) implements Gathering {}
}
