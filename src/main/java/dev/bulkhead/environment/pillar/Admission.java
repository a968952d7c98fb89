package dev.bulkhead.environment.pillar;

import dev.bulkhead.apply.Origin;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.network.Peer;
import dev.bulkhead.network.WirePort;
import java.util.List;

/**
 * The platform may call ports of a workload: pods of it, or what is at some addresses. It has no proxy of the mesh, so that it
 * comes in on the app's own ports, and can't prove who it is.
 *
 * @param origin the resource that asks for it
 */
record Admission(
        WorkloadSlice workload, List<WirePort> ports, List<Peer> from, String name, String says, Origin origin) {

    boolean isFor(WorkloadSlice other, int containerPort) {
        return workload.equals(other) && ports.contains(WirePort.tcp(containerPort));
    }
}
