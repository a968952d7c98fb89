package dev.bulkhead.apply;

/** What has to be done for one object so that the target agrees with the plan. */
public sealed interface Step {

    Ref ref();

    /** It is there, as we want it. No request. */
    record Leave(Ref ref) implements Step {}

    /**
     * Server-side apply.
     *
     * @param uid of the object that we had left there; empty when there was none
     */
    record Write(Entry entry, String desired, Why why, String uid) implements Step {
        @Override
        public Ref ref() {
            return entry.ref();
        }
    }

    /** Nothing plans it any more. */
    record Remove(Inventory.Held held) implements Step {
        @Override
        public Ref ref() {
            return held.ref();
        }
    }

    /** Nothing plans it any more, and it stays because of its data. */
    record Keep(Inventory.Held held) implements Step {
        @Override
        public Ref ref() {
            return held.ref();
        }
    }

    /** It can't be done now. A watch or the clock brings it back. */
    record Wait(Ref ref, String message) implements Step {}

    /** The target doesn't know its kind. */
    record Unserved(Ref ref) implements Step {}

    /** Nothing plans it any more, and it went with its kind, which the target doesn't know any more either. */
    record Gone(Ref ref) implements Step {}

    /** Others keep changing what is ours; we hold back for a while. */
    record HoldBack(Ref ref, Contests.Contest contest) implements Step {}

    enum Why {
        /** It isn't in the inventory. */
        NEW,
        /** It isn't in the inventory, but carries our labels: a restore, a re-creation, a lost inventory. */
        OURS_AGAIN,
        /** It was there before us, and somebody's word made it ours. */
        ADOPTED,
        /** The plan changed. */
        CHANGED,
        /** It was announced or taken over, and nobody knows its digest. */
        UNKNOWN,
        /** Somebody deleted it. */
        DELETED,
        /** Somebody changed a field of ours. */
        EDITED;

        public boolean isRepair() {
            return this == DELETED || this == EDITED;
        }
    }
}
