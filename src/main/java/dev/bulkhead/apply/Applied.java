package dev.bulkhead.apply;

/** What became of one object in one pass. */
public sealed interface Applied {

    Ref ref();

    /** It is there, as we want it, and nothing was asked of the API server. */
    record Unchanged(Ref ref) implements Applied {}

    /** It is there since now. */
    record Created(Inventory.Held held) implements Applied {
        @Override
        public Ref ref() {
            return held.ref();
        }
    }

    /**
     * It was brought back to the plan.
     *
     * @param manager who had changed it, for a repair; else empty
     */
    record Changed(Inventory.Held held, Step.Why why, String manager) implements Applied {
        @Override
        public Ref ref() {
            return held.ref();
        }
    }

    /** It was removed, or was gone already. */
    record Removed(Ref ref) implements Applied {}

    /** Nothing plans it any more, but it holds data: it stays until somebody names it in an Operation. */
    record Kept(Ref ref, String message) implements Applied {}

    /** Nothing plans it any more, but nothing may be removed now. */
    record Withheld(Ref ref, Verdict verdict) implements Applied {

        public record Verdict(Why why, String message) {}

        public enum Why {
            /** It would be too much at once. */
            BLAST_RADIUS,
            /** The environment is young and took over what another had: who asks for it may still come. */
            UNSETTLED,
            /** The hub isn't whole. */
            OBSTACLE
        }
    }

    /** It is there and not ours. It was not touched. */
    record Foreign(Ref ref, String message) implements Applied {}

    /** The API server said no, and will until something changes. */
    record Refused(Ref ref, String message) implements Applied {}

    /** Another time: what it needs isn't there, or the API server didn't answer. */
    record Waiting(Ref ref, String message, Lack lack) implements Applied {}

    /** What something waits for. */
    enum Lack {
        /** Its namespace isn't there, or is being deleted. */
        NAMESPACE,
        /** The Secret of the hub that its values come from. */
        SECRET,
        /** An object beside it, which was refused or waits itself. */
        NEIGHBOUR,
        /** It was deleted, and somebody else holds it. */
        FINALIZER,
        /** An API server that does what it is asked. */
        TARGET
    }

    /** Others keep changing what is ours. */
    record Contested(Ref ref, Contests.Contest contest) implements Applied {}
}
