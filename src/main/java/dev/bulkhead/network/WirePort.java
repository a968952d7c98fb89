package dev.bulkhead.network;

import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.api.v1alpha1.WorkloadPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;

/** A port as packets carry it when policies see them: after the Service's translation, so the pod's own port. */
public record WirePort(Protocol protocol, int port) {

    public static WirePort tcp(int port) {
        return new WirePort(Protocol.TCP, port);
    }

    public static WirePort udp(int port) {
        return new WirePort(Protocol.UDP, port);
    }

    public static WirePort of(WorkloadPort port) {
        return new WirePort(port.protocol(), port.containerPort());
    }

    NetworkPolicyPort render() {
        return new NetworkPolicyPortBuilder()
                .withProtocol(protocol.name())
                .withPort(new IntOrString(port))
                .build();
    }

    @Override
    public String toString() {
        return protocol + " " + port;
    }
}
