package dev.bulkhead.secrets.rotation;

/** How those who trust a CA get to trust its next version. */
public enum Trust {
    NO_CA,
    /** All have both in their bundles before the new one signs. */
    TRUST_BOTH,
    /** The new one signs at once: who knows only the old one finds its way over a bridge. */
    CROSS_SIGN
}
