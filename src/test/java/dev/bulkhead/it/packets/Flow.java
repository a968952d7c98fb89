package dev.bulkhead.it.packets;

import dev.bulkhead.api.v1alpha1.Protocol;
import java.util.List;

/** One way that packets may go. */
record Flow(Speaker from, Target to) {

    /**
     * A pod that dials.
     *
     * @param control where it is told whom to dial
     */
    record Speaker(String namespace, String name, String address, int control) {}

    /**
     * Where a pod listens, or a Service in front of some that are alike.
     *
     * @param at the addresses of the pods
     * @param port theirs
     */
    record Target(String name, String dialled, List<String> at, Protocol protocol, int port) {

        Target {
            at = List.copyOf(at);
        }

        /** As the test service is told it. */
        String words() {
            return protocol == Protocol.UDP ? "udp/" + dialled : dialled;
        }
    }

    /** What a pod says to itself no policy sees. */
    boolean leavesThePod() {
        return !to.at().contains(from.address());
    }

    @Override
    public String toString() {
        return "%s -> %s %s".formatted(from.name(), to.name(), to.words());
    }
}
