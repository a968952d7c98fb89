package dev.bulkhead.cluster;

import java.util.List;

/**
 * What a target cluster is and can do. An input of the planner, so that a plan never depends on a connection.
 *
 * @param version as the API server says it, for example {@code v1.36.3}
 * @param apiServers where its API server listens: the addresses behind the Service {@code default/kubernetes}
 * @param clusterDomain the suffix of Service names
 * @param account the operator's own ServiceAccount there; none where it runs as somebody who needs no binding
 */
public record Capabilities(String version, List<ApiServer> apiServers, String clusterDomain, OperatorAccount account) {

    public Capabilities(String version, List<ApiServer> apiServers, String clusterDomain) {
        this(version, apiServers, clusterDomain, OperatorAccount.NONE);
    }

    public Capabilities {
        apiServers = List.copyOf(apiServers);
    }

    /** One address of the API server, as pods reach it. */
    public record ApiServer(String address, int port) {}
}
