package dev.bulkhead.network;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import java.util.List;
import java.util.Map;

/** Who is at the far end of a hole. */
public sealed interface Peer {

    NetworkPolicyPeer render();

    /**
     * Pods, told by labels.
     *
     * @param podLabels empty: every pod of the namespace
     */
    record Pods(String namespace, Map<String, String> podLabels) implements Peer {

        /** The label that Kubernetes itself puts on every namespace, and nobody can change. */
        private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

        @Override
        public NetworkPolicyPeer render() {
            return new NetworkPolicyPeerBuilder()
                    .withNamespaceSelector(new LabelSelectorBuilder()
                            .withMatchLabels(Map.of(NAMESPACE_NAME, namespace))
                            .build())
                    .withPodSelector(new LabelSelectorBuilder()
                            .withMatchLabels(podLabels)
                            .build())
                    .build();
        }
    }

    /** Addresses. */
    record Addresses(String cidr, List<String> except) implements Peer {

        public Addresses {
            except = List.copyOf(except);
        }

        @Override
        public NetworkPolicyPeer render() {
            return new NetworkPolicyPeerBuilder()
                    .withNewIpBlock()
                    .withCidr(cidr)
                    .withExcept(except)
                    .endIpBlock()
                    .build();
        }
    }
}
