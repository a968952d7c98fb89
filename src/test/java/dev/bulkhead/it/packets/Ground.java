package dev.bulkhead.it.packets;

import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.it.packets.Flow.Speaker;
import dev.bulkhead.it.packets.Flow.Target;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who dials and who listens. */
record Ground(List<Speaker> speakers, List<Target> targets) {

    static final int HTTP = 8080;
    static final int TCP_SIDE = 9090;
    static final int UDP_SIDE = 5300;
    static final int UNDECLARED = 7070;
    static final int ON_NODE = 18080;

    Ground {
        speakers = List.copyOf(speakers);
        targets = List.copyOf(targets);
    }

    /** The pods of these namespaces dial each other, their Services, and the cluster's DNS. */
    static Ground of(KubernetesClient client, List<String> namespaces) {
        var pods = namespaces.stream()
                .flatMap(namespace -> client.pods().inNamespace(namespace).list().getItems().stream())
                .toList();
        var services = namespaces.stream()
                .flatMap(namespace -> client.services().inNamespace(namespace).list().getItems().stream());
        var dns = client.pods().inNamespace("kube-system").withLabel("k8s-app", "kube-dns").list().getItems().stream()
                .map(pod -> target(pod, Protocol.TCP, 53));
        return new Ground(
                pods.stream().map(Ground::speaker).toList(),
                Stream.of(
                                pods.stream().flatMap(Ground::listening),
                                services.flatMap(service -> fronts(service, pods)),
                                dns)
                        .flatMap(targets -> targets)
                        .toList());
    }

    Set<Flow> flows() {
        return speakers.stream()
                .flatMap(from -> targets.stream().map(to -> new Flow(from, to)))
                .filter(Flow::leavesThePod)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Speaker speaker(Pod pod) {
        return new Speaker(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getStatus().getPodIP(),
                onNode(pod) ? ON_NODE : HTTP);
    }

    /** Each pod listens on the same ports, whatever it declares. */
    private static Stream<Target> listening(Pod pod) {
        return onNode(pod)
                ? Stream.of(target(pod, Protocol.TCP, ON_NODE))
                : Stream.of(
                        target(pod, Protocol.TCP, HTTP),
                        target(pod, Protocol.TCP, TCP_SIDE),
                        target(pod, Protocol.UDP, UDP_SIDE),
                        target(pod, Protocol.TCP, UNDECLARED));
    }

    private static boolean onNode(Pod pod) {
        return Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
    }

    private static Target target(Pod pod, Protocol protocol, int port) {
        var address = pod.getStatus().getPodIP();
        return new Target(pod.getMetadata().getName(), address + ":" + port, List.of(address), protocol, port);
    }

    private static Stream<Target> fronts(Service service, List<Pod> pods) {
        var spec = service.getSpec();
        var behind = pods.stream()
                .filter(pod -> pod.getMetadata()
                        .getNamespace()
                        .equals(service.getMetadata().getNamespace()))
                .filter(pod -> selects(spec.getSelector(), pod))
                .toList();
        return spec.getPorts().stream()
                .map(port -> new Target(
                        "service " + service.getMetadata().getName(),
                        spec.getClusterIP() + ":" + port.getPort(),
                        behind.stream().map(pod -> pod.getStatus().getPodIP()).toList(),
                        Protocol.valueOf(port.getProtocol()),
                        number(behind.getFirst(), port.getName())));
    }

    private static boolean selects(Map<String, String> selector, Pod pod) {
        return pod.getMetadata().getLabels().entrySet().containsAll(selector.entrySet());
    }

    /** A Service's port is called like the container's. */
    private static int number(Pod pod, String name) {
        return pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts().stream())
                .filter(port -> port.getName().equals(name))
                .mapToInt(port -> port.getContainerPort())
                .findFirst()
                .orElseThrow();
    }
}
