package dev.bulkhead.network.reach;

import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.network.reach.Cast.Role;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;

/** The ports of one rule: numbers, and names that mean what their callee says. */
record RulePorts(List<NetworkPolicyPort> ports) {

    PortSet at(Role callee) {
        return ports.isEmpty() ? PortSet.ALL : numbered().or(named(callee));
    }

    PortSet numbered() {
        return PortSet.union(ports.stream()
                .filter(port -> !isNamed(port))
                .map(RulePorts::number)
                .toList());
    }

    /** A name opens nothing where it isn't known. */
    PortSet named(Role callee) {
        return callee.party() instanceof Endpoint endpoint
                ? PortSet.union(ports.stream()
                        .filter(RulePorts::isNamed)
                        .map(port ->
                                endpoint.named(protocol(port), port.getPort().getStrVal()))
                        .toList())
                : PortSet.NONE;
    }

    static boolean isNamed(NetworkPolicyPort port) {
        return port.getPort() != null && port.getPort().getIntVal() == null;
    }

    private static PortSet number(NetworkPolicyPort rule) {
        var port = rule.getPort();
        if (port == null) {
            return PortSet.range(protocol(rule), 1, PortSet.HIGHEST);
        }
        var last = rule.getEndPort() == null ? port.getIntVal() : rule.getEndPort();
        return PortSet.range(protocol(rule), port.getIntVal(), last);
    }

    static Protocol protocol(NetworkPolicyPort port) {
        return port.getProtocol() == null ? Protocol.TCP : Protocol.valueOf(port.getProtocol());
    }
}
