package dev.bulkhead.mesh;

import dev.bulkhead.status.Reason;

/** Somebody has to act before it goes on. Says what and where, and never a value. */
final class MeshRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    MeshRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
