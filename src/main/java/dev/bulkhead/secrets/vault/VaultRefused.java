package dev.bulkhead.secrets.vault;

/** Something about a vault has to be put right by a person. Says what and where, and never a value. */
public final class VaultRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    public VaultRefused(String message) {
        super(message);
    }
}
