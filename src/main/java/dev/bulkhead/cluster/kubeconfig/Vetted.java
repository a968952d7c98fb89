package dev.bulkhead.cluster.kubeconfig;

/** What came of looking at a kubeconfig. A message never holds a value of it. */
public sealed interface Vetted {

    /** @param key of the Secret's data that it is under */
    record Fit(Kubeconfig kubeconfig, String key) implements Vetted {}

    /** Somebody has to change the Secret, or the operator's configuration. */
    record Unfit(String message) implements Vetted {}

    /** Its host has no address now, so it may or may not be fit: worth another look without anybody's doing. */
    record Unresolved(String message) implements Vetted {}
}
