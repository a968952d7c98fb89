package dev.bulkhead.secrets.vault;

/** What was to be stored follows from what isn't so any more. It has been forgotten: read again, and decide again. */
public final class Outdated extends RuntimeException {

    private static final long serialVersionUID = 1;

    public Outdated(String message) {
        super(message);
    }
}
