package dev.bulkhead.secrets.rotation;

/**
 * What somebody asks of an entry by an Operation.
 *
 * @param operation the Operation's UID: a wish is taken once
 */
public record Wish(Kind kind, String operation) {

    public enum Kind {
        /** A new version, as soon as the rotation under way is over. */
        Rotate,
        /** Back to the version before, or away with the one that isn't published yet; then it is on hold. */
        Rollback,
        /** Stay where it is. */
        Hold,
        /** The end of a hold. */
        Resume,
        /** Don't wait for the next attempt. */
        Retry,
        /** A new version now, and no mercy on the others. */
        Compromised
    }
}
