package dev.bulkhead.network.reach;

/** Where something is enforced. */
public enum Layer {
    /** NetworkPolicy: by address and port, when a connection is made. */
    L4,
    /** The mesh: by identity and request, for every request. */
    L7
}
