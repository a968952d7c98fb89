package dev.bulkhead.cluster;

import dev.bulkhead.status.Reason;

/** How a target cluster is reached now. Nobody ever waits for it: whoever finds it not open looks again when told. */
public sealed interface Link {

    /** It may be written to. */
    record Open(Connection connection) implements Link {}

    /** It is on its way. */
    record Connecting() implements Link {}

    /** It isn't reached, or must not be. It is tried again, however long it takes. */
    record Broken(Reason reason, String message) implements Link {}
}
