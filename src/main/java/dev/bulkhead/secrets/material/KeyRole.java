package dev.bulkhead.secrets.material;

/** Whose business a data key of an entry is, and so when it changes in a rotation. */
public enum KeyRole {
    /** Who presents it has the current version's only. */
    USE,
    /** Who checks it has those of the current, the previous and the pending version. */
    ACCEPT,
    /** It never leaves the vault. */
    HELD
}
