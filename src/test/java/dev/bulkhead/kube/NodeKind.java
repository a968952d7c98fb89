package dev.bulkhead.kube;

import java.util.Locale;

/** What runs the pods of a cluster. */
public enum NodeKind {
    /** Pods are real processes that send real packets. */
    REAL,
    /** Pods exist only as objects: kwok says that they run. */
    SIMULATED,
    /** Nobody runs pods: an API server and its controllers only. */
    NONE;

    static NodeKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
