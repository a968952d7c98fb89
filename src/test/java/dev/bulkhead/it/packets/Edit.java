package dev.bulkhead.it.packets;

import java.util.function.BooleanSupplier;

/**
 * Something that somebody changes.
 *
 * @param says what it is
 * @param inForce whether the objects that follow from it are written
 */
record Edit(String says, Runnable made, BooleanSupplier inForce) {

    static Edit byHand(String says, Runnable made) {
        return new Edit(says, made, () -> true);
    }

    @Override
    public String toString() {
        return says;
    }
}
