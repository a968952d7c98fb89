package dev.bulkhead.secrets.escrow;

/** A file that isn't opened, or a hub that it doesn't fit. Says what and why, and never a value. */
public final class EscrowRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    public EscrowRefused(String message) {
        super(message);
    }
}
