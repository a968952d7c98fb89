package dev.bulkhead.cluster;

import dev.bulkhead.api.v1alpha1.ClusterCapabilities;
import dev.bulkhead.apply.Kind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a target cluster is and can do. An input of the planner, so that a plan never depends on a connection.
 *
 * @param version as the API server says it, for example {@code v1.36.3}
 * @param apiServers where its API server listens: the addresses behind the Service {@code default/kubernetes}
 * @param nodes the addresses, or blocks of them, from which its nodes call pods
 * @param clusterDomain the suffix of Service names
 * @param account the operator's own ServiceAccount there; none where it runs as somebody who needs no binding
 * @param offers what else there is, as far as it is known
 */
public record Capabilities(
        String version,
        List<ApiServer> apiServers,
        List<String> nodes,
        String clusterDomain,
        OperatorAccount account,
        ClusterCapabilities offers) {

    /** Of a cluster that nobody asked. */
    public static final Capabilities UNKNOWN = new Capabilities("", List.of(), "cluster.local");

    public Capabilities(String version, List<ApiServer> apiServers, String clusterDomain) {
        this(version, apiServers, List.of(), clusterDomain, OperatorAccount.NONE, ClusterCapabilities.UNKNOWN);
    }

    public Capabilities {
        apiServers = List.copyOf(apiServers);
        nodes = List.copyOf(nodes);
    }

    /** The kinds of ours that it doesn't serve: of what is Kubernetes' own if that is known, of the others if it isn't. */
    public Set<Kind> unserved() {
        return unserved(offers);
    }

    static EnumSet<Kind> unserved(ClusterCapabilities offers) {
        var unserved = EnumSet.noneOf(Kind.class);
        Arrays.stream(Kind.values()).filter(kind -> isUnserved(offers, kind)).forEach(unserved::add);
        return unserved;
    }

    /** Two versions of one kind show the same objects, which must not be seen twice. */
    private static boolean isUnserved(ClusterCapabilities offers, Kind kind) {
        return kind.isAdded()
                ? !serves(offers, kind)
                        || kind.newer().filter(newer -> serves(offers, newer)).isPresent()
                : offers.lacks(kind.apiVersion(), kind.kind());
    }

    private static boolean serves(ClusterCapabilities offers, Kind kind) {
        return offers.serves(kind.apiVersion(), kind.kind());
    }

    /** The kinds of ours that it serves. */
    public Set<Kind> served() {
        return served(offers);
    }

    static Set<Kind> served(ClusterCapabilities offers) {
        return EnumSet.complementOf(unserved(offers));
    }

    /** One address of the API server, as pods reach it. */
    public record ApiServer(String address, int port) {}
}
