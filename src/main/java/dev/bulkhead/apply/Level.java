package dev.bulkhead.apply;

/**
 * The order of writes: a level starts when the one before it has ended. Objects of one level are written in parallel,
 * deletes go through the levels in reverse.
 */
public enum Level {
    /** Namespaces: nothing can be in one that doesn't exist. */
    NAMESPACE,
    /** What the operator itself may do in a namespace: before it does it, and taken back after it has undone it. */
    ACCESS,
    /** Accounts, quotas, access, secrets, files, Services, and every policy that allows something. */
    FOUNDATION,
    /**
     * Who may do what by the mesh's rules. After the holes, so that what is allowed gets through; and deleted before them,
     * since the mesh cuts an edge at once, while a hole that closes leaves old connections alone.
     */
    AUTHORIZATION,
    /**
     * Routes that sort some requests out from the rest. After who may make them and after the route for the rest, as the first
     * one has all that no route matches refused.
     */
    ROUTE,
    /** What starts to deny. Allowed edges exist before, so that no permitted packet is refused in between. */
    DENY,
    /** What starts pods. Perimeter and secrets exist before. */
    WORKLOAD;
}
