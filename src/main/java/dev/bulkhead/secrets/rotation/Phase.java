package dev.bulkhead.secrets.rotation;

/** How far an entry is on its way from one version to the next. */
public enum Phase {
    /** One version, everywhere. */
    Stable,
    /** A new version is to be made; or what was refused is to be cleared away before. */
    Due,
    /** It is made and kept, and being brought to all who have to accept it. Nobody uses it yet. */
    Staged,
    /** All who have to accept it do. */
    Installed,
    /** It was tried, and works. */
    Verified,
    /** It is the current one. The target is being told. */
    Published,
    /** The target has it; who uses it is being restarted. */
    Converging,
    /** Everybody uses it. What was before is still accepted, for a while. */
    Draining,
    /** What was before is no longer accepted, and being revoked and discarded. */
    Retired,
    /** As Converging, on the way back to the version before. */
    RollingBack,
    /** The vault doesn't hold a version that is in use. */
    Lost
}
