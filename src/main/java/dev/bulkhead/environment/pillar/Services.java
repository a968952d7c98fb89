package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.WorkloadPort;
import dev.bulkhead.api.v1alpha1.WorkloadType;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.network.WirePort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a workload is found: by its name, when it has ports; a Stateful one's pods each by their own name too. One with a
 * canary is found by what Flagger makes.
 */
final class Services {

    private Services() {}

    static Stream<Entry> of(Rendering rendering) {
        var named = rendering.spec().ports().isEmpty() || Canaries.has(rendering.workload())
                ? Stream.<Entry>empty()
                : Stream.of(service(rendering));
        return rendering.spec().type() == WorkloadType.Stateful
                ? Stream.concat(named, Stream.of(headless(rendering)))
                : named;
    }

    private static Entry service(Rendering rendering) {
        return rendering.foundation(new ServiceBuilder()
                .withMetadata(rendering
                        .metadata(rendering.name())
                        .edit()
                        .addToAnnotations(TrafficAnnotations.of(rendering))
                        .build())
                .withNewSpec()
                .withType("ClusterIP")
                .withSelector(rendering.workload().selector())
                .withPorts(rendering.spec().ports().stream()
                        .map(port -> port(port, port.port()))
                        .toList())
                .endSpec()
                .build());
    }

    /** Answers with the pods' addresses, so its ports are the pods'. Members find each other before they are ready. */
    private static Entry headless(Rendering rendering) {
        return rendering.foundation(new ServiceBuilder()
                .withMetadata(rendering.metadata(Names.headless(rendering.name())))
                .withNewSpec()
                .withType("ClusterIP")
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .withSelector(rendering.workload().selector())
                .withPorts(podPorts(rendering.spec().ports()))
                .endSpec()
                .build());
    }

    private static List<ServicePort> podPorts(List<WorkloadPort> ports) {
        var listening = new LinkedHashMap<WirePort, ServicePort>();
        ports.forEach(port -> listening.putIfAbsent(WirePort.of(port), port(port, port.containerPort())));
        return List.copyOf(listening.values());
    }

    private static ServicePort port(WorkloadPort port, int number) {
        return new ServicePortBuilder()
                .withName(port.name())
                .withProtocol(port.protocol().name())
                .withPort(number)
                .withTargetPort(new IntOrString(port.containerPort()))
                .withAppProtocol(port.appProtocol())
                .build();
    }
}
