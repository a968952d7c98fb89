package dev.bulkhead.network.reach;

import dev.bulkhead.api.v1alpha1.NetworkPolicyEngine;
import dev.bulkhead.network.reach.Direction.Rule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.BitSet;
import java.util.stream.Stream;

/** What a NetworkPolicy opens: as Kubernetes defines it, or as an engine that is known to differ does it. */
interface Openings {

    /** What counts for those whose policy it is when they are called, or when they call. */
    Stream<Opening> of(NetworkPolicy policy, Direction direction);

    static Openings of(Cast cast, NetworkPolicyEngine engine) {
        var peers = new Peers(cast, reading(engine));
        return engine == NetworkPolicyEngine.KubeRouter
                ? new KubeRouterOpenings(cast, peers)
                : new Defined(cast, peers);
    }

    static Network.Reading reading(NetworkPolicyEngine engine) {
        return engine == NetworkPolicyEngine.KubeRouter ? Network.Reading.NARROWEST_WINS : Network.Reading.EACH;
    }

    /** As Kubernetes defines it. */
    record Defined(Cast cast, Peers peers) implements Openings {

        @Override
        public Stream<Opening> of(NetworkPolicy policy, Direction direction) {
            var own = peers.selected(policy);
            var home = policy.getMetadata().getNamespace();
            return direction.rules(policy.getSpec()).stream().map(rule -> switch (direction) {
                case INGRESS -> opening(peers.all(home, rule.peers()), own, rule);
                case EGRESS -> opening(own, peers.all(home, rule.peers()), rule);
            });
        }

        private Opening opening(BitSet callers, BitSet callees, Rule rule) {
            var ports = new RulePorts(rule.ports());
            return new Opening(callers, callees, callee -> ports.at(cast.roles().get(callee)));
        }
    }
}
