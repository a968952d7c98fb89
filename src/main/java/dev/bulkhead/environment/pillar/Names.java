package dev.bulkhead.environment.pillar;

import java.util.List;

/**
 * Names of objects within the lengths that Kubernetes allows: what is too long keeps its start and gets a hash. A
 * workload's own name is short enough for the suffixes that we and Kubernetes put behind it.
 */
final class Names {

    /** The longest DNS label, and the longest label value. */
    static final int LABEL = 63;

    /** What the headless Service of a Stateful workload is called; workloads may not be named like that. */
    static final String HEADLESS = "-headless";

    private Names() {}

    static String bounded(int longest, String name) {
        if (name.length() <= longest) {
            return name;
        }
        var hash = "-" + ContentHash.of(List.of(name));
        var start = name.substring(0, longest - hash.length());
        // A cut must not leave a separator before the hash: "..-" isn't a name.
        while (start.endsWith("-") || start.endsWith(".")) {
            start = start.substring(0, start.length() - 1);
        }
        return start + hash;
    }

    /**
     * Parts with dots between them. Workloads, ports and namespaces have no dots in their names, so that two different
     * edges can't meet in one name.
     */
    static String dotted(String... parts) {
        return bounded(LABEL, String.join(".", parts));
    }

    /** What the mesh calls a port of a workload's pods. */
    static String server(String workload, int containerPort) {
        return dotted(workload, Integer.toString(containerPort));
    }

    static String headless(String workload) {
        return workload + HEADLESS;
    }

    static String volume(String prefix, String name) {
        return bounded(LABEL, prefix + "-" + name);
    }
}
