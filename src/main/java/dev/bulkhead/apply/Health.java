package dev.bulkhead.apply;

/**
 * What an object says of itself: does it do what it is there for?
 *
 * @param message why not, in words for a person; empty when it does
 * @param replicas how many pods it wants; zero for what has none
 * @param readyReplicas how many of them are up
 */
public record Health(State state, String message, int replicas, int readyReplicas) {

    public enum State {
        /** It was there to run to its end, and has. */
        DONE,
        READY,
        /** On its way. */
        PROGRESSING,
        /** It gave up, or nothing will change until somebody acts. */
        FAILED,
        /** Being deleted. */
        TERMINATING
    }

    public static final Health DONE = new Health(State.DONE, "", 0, 0);
    public static final Health READY = new Health(State.READY, "", 0, 0);
    public static final Health TERMINATING = new Health(State.TERMINATING, "is being deleted", 0, 0);

    public static Health failed(String message) {
        return new Health(State.FAILED, message, 0, 0);
    }

    public boolean isWell() {
        return state == State.DONE || state == State.READY;
    }

    Health with(long replicas, long readyReplicas) {
        return new Health(state, message, (int) replicas, (int) readyReplicas);
    }

    public Health withMessage(String message) {
        return new Health(state, message, replicas, readyReplicas);
    }
}
