package dev.bulkhead.network.reach;

import static dev.bulkhead.network.reach.Inside.spec;
import static dev.bulkhead.network.reach.Inside.string;

import dev.bulkhead.api.v1alpha1.Protocol;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The brute-force model: follows one packet, and one request, through everything that may hold it back. It was written
 * from Kubernetes' and Linkerd's descriptions and from what a real mesh did, slowly and without a thought for speed. It
 * shares no code with what it checks beyond the records that go in.
 */
final class Oracle {

    private final World world;
    private final OracleMesh mesh;
    private final boolean transparent;

    Oracle(World world, boolean transparent) {
        this.world = world;
        this.mesh = new OracleMesh(world);
        this.transparent = transparent;
    }

    boolean passes(Packet packet) {
        var onWire = wirePort(packet);
        if (!leaves(packet, onWire) || !enters(packet, onWire)) {
            return false;
        }
        if (packet.to() == null || !packet.to().meshed() || packet.protocol() != Protocol.TCP) {
            return true;
        }
        if (packet.port() == 4143 || packet.port() == 4140) {
            return false;
        }
        return holds(packet.to().proxy().skipInbound(), packet.port()) || mesh.authorizes(packet);
    }

    // ---- which port the packet carries

    private int wirePort(Packet packet) {
        var from = packet.from();
        var to = packet.to();
        if (packet.protocol() != Protocol.TCP || from == null || to == null || !from.meshed() || !to.meshed()) {
            return packet.port();
        }
        if (holds(to.proxy().skipInbound(), packet.port()) || holds(from.proxy().skipOutbound(), packet.port())) {
            return packet.port();
        }
        if (packet.port() == 4190 || packet.port() == 4191) {
            return packet.port();
        }
        if (!transparent) {
            return 4143;
        }
        return isOpaque(to, packet.port()) ? 4143 : packet.port();
    }

    private boolean isOpaque(Endpoint to, int port) {
        if (holds(to.proxy().opaque(), port)) {
            return true;
        }
        var server = mesh.serverOf(to, port);
        return server != null && "opaque".equals(string(spec(server).get("proxyProtocol")));
    }

    static boolean holds(PortSet set, int port) {
        for (var span : set.spans()) {
            if (span.protocol() == Protocol.TCP && port >= span.from() && port <= span.to()) {
                return true;
            }
        }
        return false;
    }

    // ---- NetworkPolicies

    private boolean leaves(Packet packet, int port) {
        var from = packet.from();
        if (from == null || from.hostNetwork()) {
            return true;
        }
        var isolated = false;
        for (var policy : world.policies()) {
            if (selects(policy, from) && isFor(policy, "Egress")) {
                isolated = true;
                for (var rule : policy.getSpec().getEgress()) {
                    if (peersMatch(policy, rule.getTo(), packet.to(), packet.toAddress())
                            && portsMatch(rule.getPorts(), packet, port)) {
                        return true;
                    }
                }
            }
        }
        return !isolated;
    }

    private boolean enters(Packet packet, int port) {
        var to = packet.to();
        if (to == null || to.hostNetwork() || comesFromANode(packet)) {
            return true;
        }
        var isolated = false;
        for (var policy : world.policies()) {
            if (selects(policy, to) && isFor(policy, "Ingress")) {
                isolated = true;
                for (var rule : policy.getSpec().getIngress()) {
                    if (peersMatch(policy, rule.getFrom(), packet.from(), packet.fromAddress())
                            && portsMatch(rule.getPorts(), packet, port)) {
                        return true;
                    }
                }
            }
        }
        return !isolated;
    }

    private boolean comesFromANode(Packet packet) {
        if (packet.from() != null) {
            return packet.from().hostNetwork();
        }
        return world.facts().nodes().stream().anyMatch(node -> isIn(packet.fromAddress(), node));
    }

    private static boolean selects(NetworkPolicy policy, Endpoint endpoint) {
        return policy.getMetadata().getNamespace().equals(endpoint.namespace())
                && fits(policy.getSpec().getPodSelector(), endpoint.labels());
    }

    private static boolean isFor(NetworkPolicy policy, String type) {
        var types = policy.getSpec().getPolicyTypes();
        if (types != null && !types.isEmpty()) {
            return types.contains(type);
        }
        return type.equals("Ingress") || !policy.getSpec().getEgress().isEmpty();
    }

    private boolean peersMatch(
            NetworkPolicy policy, List<NetworkPolicyPeer> peers, @Nullable Endpoint who, String address) {
        if (peers.isEmpty()) {
            return true;
        }
        for (var peer : peers) {
            if (peer.getIpBlock() != null) {
                if (isIn(address, peer.getIpBlock())) {
                    return true;
                }
                continue;
            }
            if (who == null
                    || who.hostNetwork()
                    || peer.getPodSelector() == null && peer.getNamespaceSelector() == null) {
                continue;
            }
            var inNamespace = peer.getNamespaceSelector() == null
                    ? who.namespace().equals(policy.getMetadata().getNamespace())
                    : fits(peer.getNamespaceSelector(), labelsOf(who.namespace()));
            if (inNamespace && fits(peer.getPodSelector(), who.labels())) {
                return true;
            }
        }
        return false;
    }

    private Map<String, String> labelsOf(String namespace) {
        var labels = new HashMap<>(world.namespaceLabels().getOrDefault(namespace, Map.of()));
        labels.put("kubernetes.io/metadata.name", namespace);
        return labels;
    }

    private static boolean portsMatch(List<NetworkPolicyPort> rules, Packet packet, int onWire) {
        if (rules.isEmpty()) {
            return true;
        }
        for (var rule : rules) {
            var protocol = rule.getProtocol() == null ? "TCP" : rule.getProtocol();
            if (!protocol.equals(packet.protocol().name())) {
                continue;
            }
            if (rule.getPort() == null) {
                return true;
            }
            if (rule.getPort().getIntVal() == null) {
                if (packet.to() != null) {
                    for (var port : packet.to().ports()) {
                        if (port.name().equals(rule.getPort().getStrVal())
                                && port.protocol() == packet.protocol()
                                && port.port() == onWire) {
                            return true;
                        }
                    }
                }
                continue;
            }
            int low = rule.getPort().getIntVal();
            int high = rule.getEndPort() == null ? low : rule.getEndPort();
            if (low <= onWire && onWire <= high) {
                return true;
            }
        }
        return false;
    }

    static boolean fits(@Nullable LabelSelector selector, Map<String, String> labels) {
        if (selector == null) {
            return true;
        }
        if (selector.getMatchLabels() != null) {
            for (var wanted : selector.getMatchLabels().entrySet()) {
                if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                    return false;
                }
            }
        }
        for (var expression : selector.getMatchExpressions()) {
            var value = labels.get(expression.getKey());
            var listed = value != null
                    && expression.getValues() != null
                    && expression.getValues().contains(value);
            var ok =
                    switch (expression.getOperator()) {
                        case "In" -> listed;
                        case "NotIn" -> !listed;
                        case "Exists" -> value != null;
                        case "DoesNotExist" -> value == null;
                        default -> throw new IllegalArgumentException(expression.getOperator());
                    };
            if (!ok) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIn(String address, IPBlock block) {
        return isIn(address, block.getCidr()) && block.getExcept().stream().noneMatch(hole -> isIn(address, hole));
    }

    /** By the bits: equal in the first of them. */
    static boolean isIn(String address, String cidr) {
        var parts = cidr.split("/");
        var one = bytes(address);
        var two = bytes(parts[0]);
        if (one.length != two.length) {
            return false;
        }
        var bits = parts.length == 1 ? one.length * 8 : Integer.parseInt(parts[1]);
        var shift = one.length * 8 - bits;
        return new BigInteger(1, one).shiftRight(shift).equals(new BigInteger(1, two).shiftRight(shift));
    }

    private static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }
}
