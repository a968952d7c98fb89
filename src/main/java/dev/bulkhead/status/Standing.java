package dev.bulkhead.status;

/** How a resource stands. Exactly one holds for the current generation, so that every tool reads the same from it. */
public sealed interface Standing {

    Reason reason();

    String message();

    /** It is as it says. */
    record Ready(Reason reason, String message) implements Standing {}

    /** We are at it, or wait for something that comes by itself. */
    record Reconciling(Reason reason, String message) implements Standing {}

    /** Somebody has to act. */
    record Stalled(Reason reason, String message) implements Standing {}
}
