package dev.bulkhead.kube;

import java.util.Locale;

/** What is asked of a cluster; what it turned out to be is its {@link NodeKind}. */
public enum NodeRequest {
    REAL,
    SIMULATED,
    NONE,
    /** A real node where the machine can have one, else simulated nodes. */
    AUTO;

    String flag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
