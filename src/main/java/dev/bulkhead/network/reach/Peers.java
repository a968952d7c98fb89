package dev.bulkhead.network.reach;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whom NetworkPolicies mean, of those in the cast. */
record Peers(Cast cast, Network.Reading reading) {

    /** Those whose policy it is. */
    BitSet selected(NetworkPolicy policy) {
        return cast.pods(
                only(policy.getMetadata().getNamespace()),
                orEvery(policy.getSpec().getPodSelector()));
    }

    /** No peer named: everybody. */
    BitSet all(String home, List<NetworkPolicyPeer> peers) {
        if (peers.isEmpty()) {
            return everybody();
        }
        var found = pods(home, peers);
        found.or(at(peers));
        return found;
    }

    BitSet everybody() {
        var all = new BitSet();
        all.set(0, cast.roles().size());
        return all;
    }

    /** Those that are meant as pods. */
    BitSet pods(String home, List<NetworkPolicyPeer> peers) {
        var found = new BitSet();
        peers.stream().filter(Peers::meansPods).forEach(peer -> found.or(pods(home, peer)));
        return found;
    }

    /** Those that are meant by their addresses. */
    BitSet at(List<NetworkPolicyPeer> peers) {
        return cast.at(network(peers, reading));
    }

    BitSet of(String namespace) {
        return cast.pods(only(namespace), new LabelSelector());
    }

    static Network network(List<NetworkPolicyPeer> peers, Network.Reading reading) {
        return new Network(
                peers.stream()
                        .map(NetworkPolicyPeer::getIpBlock)
                        .filter(Objects::nonNull)
                        .flatMap(block -> Block.of(block.getCidr(), block.getExcept()).stream())
                        .toList(),
                reading);
    }

    private static boolean meansPods(NetworkPolicyPeer peer) {
        return peer.getIpBlock() == null && (peer.getNamespaceSelector() != null || peer.getPodSelector() != null);
    }

    private BitSet pods(String home, NetworkPolicyPeer peer) {
        return cast.pods(
                Objects.requireNonNullElseGet(peer.getNamespaceSelector(), () -> only(home)),
                orEvery(peer.getPodSelector()));
    }

    private static LabelSelector only(String namespace) {
        return new LabelSelectorBuilder()
                .addToMatchLabels(Selecting.NAMESPACE_NAME, namespace)
                .build();
    }

    private static LabelSelector orEvery(@Nullable LabelSelector selector) {
        return selector == null ? new LabelSelector() : selector;
    }
}
