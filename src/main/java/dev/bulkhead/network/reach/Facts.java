package dev.bulkhead.network.reach;

import dev.bulkhead.api.v1alpha1.InboundPolicy;
import dev.bulkhead.api.v1alpha1.NetworkPolicyEngine;
import java.util.List;

/**
 * What is true of a whole cluster and stands in no object of an environment.
 *
 * @param transport how proxies reach each other
 * @param controlPlane the namespace of Linkerd's control plane
 * @param inbound what holds for meshed pods that say nothing
 * @param opaque what is opaque where nobody says otherwise
 * @param probeNetworks where the kubelet's requests are let in from
 * @param clusterNetworks what the policies «cluster-…» call the cluster
 * @param podNetworks where pods have their addresses; empty: somewhere among the private ones
 * @param nodes the addresses of nodes; empty: somewhere among the private ones
 * @param engine who enforces NetworkPolicies
 */
public record Facts(
        Transport transport,
        String trustDomain,
        String controlPlane,
        InboundPolicy inbound,
        PortSet opaque,
        List<String> probeNetworks,
        List<String> clusterNetworks,
        List<String> podNetworks,
        List<String> nodes,
        NetworkPolicyEngine engine) {

    /** Linkerd's {@code outboundTransportMode}. */
    public enum Transport {
        /** There is no mesh: what asks for a proxy gets none. */
        NONE,
        /** All on the proxy's port, the real one in a header. */
        HEADER,
        /** On the port that is meant, unless it is opaque. */
        TRANSPARENT,
        /** Not known: what either of them lets through counts. */
        UNKNOWN
    }

    /** Linkerd as its chart installs it, K3s as it comes. */
    public static final Facts USUAL = new Facts(
            Transport.HEADER,
            "cluster.local",
            "linkerd",
            InboundPolicy.ALL_UNAUTHENTICATED,
            PortSet.parse("25,587,3306,4444,5432,6379,9300,11211"),
            List.of("0.0.0.0/0", "::/0"),
            List.of("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fd00::/8"),
            List.of("10.42.0.0/16"),
            List.of(),
            NetworkPolicyEngine.Unknown);

    public Facts {
        probeNetworks = List.copyOf(probeNetworks);
        clusterNetworks = List.copyOf(clusterNetworks);
        podNetworks = List.copyOf(podNetworks);
        nodes = List.copyOf(nodes);
    }

    public Facts with(Transport other) {
        return with(other, inbound, nodes, engine);
    }

    public Facts with(InboundPolicy other) {
        return with(transport, other, nodes, engine);
    }

    public Facts withNodes(List<String> addresses) {
        return with(transport, inbound, addresses, engine);
    }

    public Facts with(NetworkPolicyEngine other) {
        return with(transport, inbound, nodes, other);
    }

    private Facts with(Transport carried, InboundPolicy policy, List<String> addresses, NetworkPolicyEngine enforced) {
        return new Facts(
                carried,
                trustDomain,
                controlPlane,
                policy,
                opaque,
                probeNetworks,
                clusterNetworks,
                podNetworks,
                addresses,
                enforced);
    }

    String identity(String namespace, String serviceAccount) {
        return "%s.%s.serviceaccount.identity.%s.%s".formatted(serviceAccount, namespace, controlPlane, trustDomain);
    }

    String identities(String namespace) {
        return identity(namespace, "*");
    }
}
