package dev.bulkhead.api.v1alpha1;

public enum OperationAction {
    Adopt,
    Release,
    Purge,
    ReplaceCluster,
    Rotate,
    Rollback,
    Hold,
    Resume,
    Retry,
    Compromised;

    /** Whether it is about entries of SecretScopes: what {@code spec.secrets} goes with. */
    public boolean isAboutSecrets() {
        return switch (this) {
            case Rotate, Rollback, Hold, Resume, Retry, Compromised -> true;
            case Adopt, Release, Purge, ReplaceCluster -> false;
        };
    }
}
