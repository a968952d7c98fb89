package dev.bulkhead.faults;

import dev.bulkhead.kube.TestCluster;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What stands in a target namespace: kind and name to UID. */
final class Holdings {

    private static final List<String> KINDS = List.of(
            "networkpolicy",
            "resourcequota",
            "limitrange",
            "service",
            "serviceaccount",
            "deployment",
            "configmap",
            "rolebinding");

    private Holdings() {}

    /** Without what Kubernetes puts into every namespace. */
    static Map<String, String> of(TestCluster cluster, String namespace) {
        var all = new TreeMap<String, String>();
        KINDS.forEach(kind -> cluster.list(kind, namespace).stream()
                .filter(it -> it.getMetadata().getLabels() != null
                        && "bulkhead".equals(it.getMetadata().getLabels().get("app.kubernetes.io/managed-by")))
                .forEach(it -> all.put(
                        kind + " " + it.getMetadata().getName(),
                        it.getMetadata().getUid())));
        return Map.copyOf(all);
    }
}
