package dev.bulkhead.apply;

import java.util.Map;

/**
 * An object that was there before us, and became ours by an Operation.
 *
 * @param uid of the object that was taken over; another one of the same name was made by us, or by nobody we know
 * @param generation of the resource that asks for it, when it was taken over
 * @param selector of what runs pods: the labels by which it finds them, which can't change; else empty
 */
public record Adoption(String uid, Stage stage, long generation, Map<String, String> selector) {

    public Adoption {
        selector = Map.copyOf(selector);
    }

    /** How far it has come. */
    public enum Stage {
        /** It carries our labels; all else is as it was found, and whoever managed it still does. */
        KEPT,
        /** It is to be as planned, and what its managers before us had set goes with them. */
        TAKING,
        /** It is as planned; only its selector still tells where it came from. */
        TAKEN
    }

    public Adoption taken() {
        return new Adoption(uid, Stage.TAKEN, generation, selector);
    }
}
