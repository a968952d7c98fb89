package dev.bulkhead.secrets.rotation;

/** What a hook is asked to do with a version. */
public enum HookStep {
    INSTALL,
    VERIFY,
    REVOKE
}
