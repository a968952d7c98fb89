package dev.bulkhead.environment.pillar;

import dev.bulkhead.apply.Origin;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.network.Peer;
import dev.bulkhead.network.WirePort;
import java.util.List;

/**
 * Pods of the platform may call ports of a workload. They have no proxy of the mesh, so that they come in on the app's own
 * ports, and can't prove who they are.
 *
 * @param origin the resource that asks for it
 */
record Admission(WorkloadSlice workload, List<WirePort> ports, Peer from, String name, String says, Origin origin) {

    boolean isFor(WorkloadSlice other, int containerPort) {
        return workload.equals(other) && ports.contains(WirePort.tcp(containerPort));
    }
}
