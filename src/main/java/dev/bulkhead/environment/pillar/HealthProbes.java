package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.Probe;
import dev.bulkhead.api.v1alpha1.WorkloadPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the kubelet asks a container whether it is well. Ports are meant by name. */
record HealthProbes(List<WorkloadPort> ports) {

    io.fabric8.kubernetes.api.model.@Nullable Probe render(@Nullable Probe probe) {
        if (probe == null) {
            return null;
        }
        var result = new ProbeBuilder()
                // Zero is what the API server leaves out.
                .withInitialDelaySeconds(probe.initialDelaySeconds() == 0 ? null : probe.initialDelaySeconds())
                .withPeriodSeconds(probe.periodSeconds())
                .withTimeoutSeconds(probe.timeoutSeconds())
                .withFailureThreshold(probe.failureThreshold())
                .withSuccessThreshold(probe.successThreshold());
        if (probe.httpGet() != null) {
            result.withNewHttpGet()
                    .withPath(probe.httpGet().path())
                    .withPort(new IntOrString(number(probe.httpGet().port())))
                    .withScheme("HTTP")
                    .endHttpGet();
        }
        if (probe.tcpSocket() != null) {
            result.withNewTcpSocket()
                    .withPort(new IntOrString(number(probe.tcpSocket().port())))
                    .endTcpSocket();
        }
        if (probe.grpc() != null) {
            result.withNewGrpc(number(probe.grpc().port()), service(probe.grpc().service()));
        }
        if (probe.exec() != null) {
            result.withNewExec().withCommand(probe.exec().command()).endExec();
        }
        return result.build();
    }

    private int number(String name) {
        return ports.stream()
                .filter(port -> port.name().equals(name))
                .map(WorkloadPort::containerPort)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("A probe on the unknown port " + name));
    }

    /** The API server fills in the empty name. */
    private static String service(@Nullable String service) {
        return service == null ? "" : service;
    }
}
