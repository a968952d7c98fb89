package dev.bulkhead.kube;

import java.time.Instant;
import java.util.Set;

/** One request that the API server answered. Cluster-wide requests have an empty namespace. */
public record AuditRequest(
        Instant at,
        String userAgent,
        String user,
        String verb,
        String group,
        String resource,
        String subresource,
        String namespace,
        String name,
        String uri,
        int code) {

    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");

    /** To ask what one may do is a question, though it is put as a create. */
    public boolean isWrite() {
        return WRITES.contains(verb)
                && !uri.contains("dryRun=All")
                && !group.equals("authorization.k8s.io")
                && !group.equals("authentication.k8s.io");
    }

    public boolean isWatch() {
        return verb.equals("watch");
    }

    public boolean isLease() {
        return resource.equals("leases");
    }
}
