package dev.bulkhead.apply;

/**
 * What an object says of itself: does it do what it is there for?
 *
 * @param message why not, in words for a person; empty when ready
 */
public record Health(State state, String message) {

    public enum State {
        READY,
        /** On its way. */
        PROGRESSING,
        /** It gave up, or nothing will change until somebody acts. */
        FAILED,
        /** Being deleted. */
        TERMINATING
    }

    public static final Health READY = new Health(State.READY, "");

    public static Health progressing(String message) {
        return new Health(State.PROGRESSING, message);
    }

    public static Health failed(String message) {
        return new Health(State.FAILED, message);
    }
}
