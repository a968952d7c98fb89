package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.PlatformPeer;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.network.Peer;
import dev.bulkhead.network.WirePort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The platform may call ports of a workload: pods of it, or what is at some addresses.
 *
 * @param account what the callers can prove to be; null: they have no proxy of the mesh, and can prove nothing
 * @param origin the resource that asks for it
 */
record Admission(
        WorkloadSlice workload,
        List<WirePort> ports,
        List<Peer> from,
        @Nullable Account account,
        String name,
        String says,
        Origin origin) {

    /** A ServiceAccount. */
    record Account(String namespace, String name) {

        static @Nullable Account of(PlatformPeer peer) {
            return peer.serviceAccount() == null ? null : new Account(peer.namespace(), peer.serviceAccount());
        }

        static Account of(WorkloadSlice workload) {
            return new Account(workload.namespace(), workload.name());
        }
    }

    boolean isFor(WorkloadSlice other, int containerPort) {
        return workload.equals(other) && ports.contains(WirePort.tcp(containerPort));
    }
}
