package dev.bulkhead.environment.keeping;

import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.api.v1alpha1.WorkloadPort;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where workloads are found. As they are declared: an address is good before anybody answers there.
 *
 * @param namespaces a namespace of the environment → what it is called in the target
 */
public record Places(List<Workload> workloads, UnaryOperator<String> namespaces, String clusterDomain) {

    Optional<String> address(String workload) {
        return named(workload).map(it -> "%s.%s.svc.%s"
                .formatted(workload, namespaces.apply(it.getSpec().targetNamespace()), clusterDomain));
    }

    Optional<Integer> port(String workload, String port) {
        return named(workload).stream()
                .flatMap(it -> it.getSpec().ports().stream())
                .filter(it -> it.name().equals(port))
                .map(WorkloadPort::port)
                .findFirst();
    }

    private Optional<Workload> named(String workload) {
        return workloads.stream().filter(it -> it.name().equals(workload)).findFirst();
    }
}
