package dev.bulkhead.environment.keeping;

/**
 * What people are warned of that concerns no object of ours.
 *
 * @param reason of the Event
 */
public record Notice(String reason, String message) {

    /** What others deliver lists an entry that nobody has declared. */
    public static final String UNKNOWN_ENTRY = "UnknownEntry";

    /** A SecretScope was deleted while something uses it. */
    public static final String SCOPE_DELETED = "SecretScopeDeleted";

    /** What others deliver can't be restarted, or doesn't stay so. */
    public static final String RESTART_REFUSED = "RestartRefused";
}
