package dev.bulkhead.network.reach;

import dev.bulkhead.api.v1alpha1.InboundPolicy;
import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.network.EgressLimit;
import dev.bulkhead.network.reach.Endpoint.Listening;
import dev.bulkhead.network.reach.Endpoint.Probing;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressSeqRange;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pods, collapsed to the workloads that they are of. Where pods are there they say what is, the proxy included; where
 * none are, the template says what will be.
 */
record Endpoints(Map<String, Namespace> namespaces, Facts facts) {

    private static final String INJECTED = "linkerd.io/control-plane-ns";
    private static final String PROXY = "linkerd-proxy";
    private static final String ANNOTATION = "config.linkerd.io/";

    /** Labels that tell pods of one workload apart. */
    private static final List<String> OF_ONE_POD = List.of(
            "pod-template-hash",
            "controller-revision-hash",
            "statefulset.kubernetes.io/pod-name",
            "apps.kubernetes.io/pod-index",
            "controller-uid",
            "batch.kubernetes.io/controller-uid",
            "job-name",
            "batch.kubernetes.io/job-name",
            "batch.kubernetes.io/job-completion-index",
            "pod-template-generation");

    private static final List<String> PROXY_PROBES = List.of("/live", "/ready");

    /** What pods are of. */
    private record Owner(String namespace, String name) {}

    List<Endpoint> of(Collection<? extends HasMetadata> objects) {
        var templates = new TreeMap<String, Endpoint>();
        objects.stream()
                .flatMap(object -> template(object).map(template -> planned(object.getMetadata(), template)).stream())
                .forEach(endpoint -> templates.putIfAbsent(endpoint.id(), endpoint));
        var running = running(objects, templates);
        running.values().stream().flatMap(List::stream).forEach(endpoint -> templates.remove(endpoint.id()));
        return Stream.concat(
                        templates.values().stream(), running.values().stream().flatMap(List::stream))
                .sorted(Party.ORDER)
                .toList();
    }

    private static Optional<PodTemplateSpec> template(HasMetadata object) {
        return Optional.ofNullable(
                switch (object) {
                    case Deployment it -> it.getSpec().getTemplate();
                    case StatefulSet it -> it.getSpec().getTemplate();
                    case DaemonSet it -> it.getSpec().getTemplate();
                    case Job it -> it.getSpec().getTemplate();
                    case CronJob it -> it.getSpec().getJobTemplate().getSpec().getTemplate();
                    default -> null;
                });
    }

    private Endpoint planned(ObjectMeta of, PodTemplateSpec template) {
        var own = template.getMetadata() == null ? new ObjectMeta() : template.getMetadata();
        var settings = new Settings(own, namespaces.get(of.getNamespace()));
        var injected = facts.transport() != Facts.Transport.NONE
                && !onNode(template.getSpec())
                && List.of("enabled", "ingress").contains(settings.of("linkerd.io/inject"));
        return endpoint(new Owner(of.getNamespace(), of.getName()), own, template.getSpec(), settings, injected);
    }

    /** Pods of one workload that differ, as during a rollout or when the injector missed one, are told apart. */
    private Map<Owner, List<Endpoint>> running(
            Collection<? extends HasMetadata> objects, Map<String, Endpoint> templates) {
        var alike = new LinkedHashMap<Owner, Map<Endpoint, List<IPAddressSeqRange>>>();
        objects.stream()
                .filter(Pod.class::isInstance)
                .map(Pod.class::cast)
                .filter(Endpoints::lives)
                .forEach(pod -> {
                    var owner = owner(pod, templates);
                    alike.computeIfAbsent(owner, _ -> new LinkedHashMap<>())
                            .computeIfAbsent(running(owner, pod), _ -> new ArrayList<>())
                            .addAll(addresses(pod));
                });
        var running = new LinkedHashMap<Owner, List<Endpoint>>();
        alike.forEach((owner, kinds) -> running.put(owner, toldApart(kinds)));
        return running;
    }

    private static List<Endpoint> toldApart(Map<Endpoint, List<IPAddressSeqRange>> kinds) {
        var endpoints = new ArrayList<Endpoint>();
        kinds.forEach((kind, addresses) -> {
            var name = endpoints.isEmpty() ? kind.name() : "%s~%d".formatted(kind.name(), endpoints.size() + 1);
            endpoints.add(kind.as(name, addresses));
        });
        return endpoints;
    }

    private static boolean lives(Pod pod) {
        var status = pod.getStatus();
        return status == null || !List.of("Succeeded", "Failed").contains(String.valueOf(status.getPhase()));
    }

    /** A ReplicaSet is called like its Deployment and a hash, a CronJob's Job like it and a time. */
    private static Owner owner(Pod pod, Map<String, Endpoint> templates) {
        var metadata = pod.getMetadata();
        var hash = Selecting.orNone(metadata.getLabels()).getOrDefault("pod-template-hash", "");
        var owner = metadata.getOwnerReferences().stream()
                .filter(reference -> Boolean.TRUE.equals(reference.getController()))
                .map(reference -> hash.isEmpty() || !reference.getName().endsWith("-" + hash)
                        ? reference.getName()
                        : reference.getName().substring(0, reference.getName().length() - hash.length() - 1))
                .findFirst()
                .orElse(metadata.getName());
        var timeless = owner.replaceFirst("-\\d+$", "");
        var known = templates.containsKey(metadata.getNamespace() + "/" + owner)
                || !templates.containsKey(metadata.getNamespace() + "/" + timeless);
        return new Owner(metadata.getNamespace(), known ? owner : timeless);
    }

    private Endpoint running(Owner owner, Pod pod) {
        var metadata = pod.getMetadata();
        return endpoint(
                owner,
                metadata,
                pod.getSpec(),
                new Settings(metadata, namespaces.get(metadata.getNamespace())),
                containers(pod.getSpec()).anyMatch(container -> PROXY.equals(container.getName())));
    }

    private static List<IPAddressSeqRange> addresses(Pod pod) {
        return pod.getStatus() == null
                ? List.of()
                : pod.getStatus().getPodIPs().stream()
                        .map(PodIP::getIp)
                        .flatMap(address -> EgressLimit.address(address).stream())
                        .map(IPAddress::toSequentialRange)
                        .toList();
    }

    private Endpoint endpoint(Owner owner, ObjectMeta metadata, PodSpec spec, Settings settings, boolean meshed) {
        var labels = new TreeMap<>(Selecting.orNone(metadata.getLabels()));
        // A Job of ours is called by a hash of what it runs.
        var name = labels.getOrDefault(Ownership.WORKLOAD, owner.name);
        OF_ONE_POD.forEach(labels::remove);
        if (meshed) {
            labels.putIfAbsent(INJECTED, facts.controlPlane());
        }
        var account = spec.getServiceAccountName();
        return new Endpoint(
                owner.namespace,
                name,
                labels,
                account == null || account.isEmpty() ? "default" : account,
                Stream.concat(containers(spec).flatMap(Endpoints::ports), proxyPorts(meshed))
                        .distinct()
                        .toList(),
                Stream.concat(containers(spec).flatMap(Endpoints::probes), proxyProbes(meshed))
                        .distinct()
                        .toList(),
                meshed ? proxy(settings) : Proxy.NONE,
                onNode(spec),
                List.of());
    }

    private static boolean onNode(PodSpec spec) {
        return Boolean.TRUE.equals(spec.getHostNetwork());
    }

    /** With the first containers too, among which the proxy runs since Linkerd 2.20. */
    private static Stream<Container> containers(PodSpec spec) {
        return Stream.of(spec.getContainers(), spec.getInitContainers()).flatMap(List::stream);
    }

    private static Stream<Listening> ports(Container container) {
        return container.getPorts().stream()
                .map(port -> new Listening(
                        Objects.requireNonNullElse(port.getName(), ""), protocol(port), port.getContainerPort()));
    }

    private static Protocol protocol(ContainerPort port) {
        return port.getProtocol() == null ? Protocol.TCP : Protocol.valueOf(port.getProtocol());
    }

    private static Stream<Listening> proxyPorts(boolean meshed) {
        return meshed
                ? Stream.of(
                        new Listening(PROXY, Protocol.TCP, Proxy.INBOUND),
                        new Listening("linkerd-admin", Protocol.TCP, Proxy.ADMIN))
                : Stream.empty();
    }

    private static Stream<Probing> proxyProbes(boolean meshed) {
        return meshed ? PROXY_PROBES.stream().map(path -> new Probing(Proxy.ADMIN, "GET", path, true)) : Stream.empty();
    }

    private static Stream<Probing> probes(Container container) {
        return Stream.of(container.getLivenessProbe(), container.getReadinessProbe(), container.getStartupProbe())
                .filter(Objects::nonNull)
                .flatMap(probe -> probing(probe, container));
    }

    private static Stream<Probing> probing(Probe probe, Container container) {
        if (probe.getHttpGet() != null) {
            var path = Objects.requireNonNullElse(probe.getHttpGet().getPath(), "/")
                    .replaceFirst("[?#].*$", "");
            return number(probe.getHttpGet().getPort(), container)
                    .map(port -> new Probing(port, "GET", path, true))
                    .stream();
        }
        return probe.getGrpc() == null
                ? Stream.empty()
                : Stream.of(new Probing(probe.getGrpc().getPort(), "POST", "/grpc.health.v1.Health/Check", false));
    }

    private static Optional<Integer> number(IntOrString port, Container container) {
        return port.getIntVal() != null
                ? Optional.of(port.getIntVal())
                : ports(container)
                        .filter(it -> it.protocol() == Protocol.TCP && it.name().equals(port.getStrVal()))
                        .map(Listening::port)
                        .findFirst();
    }

    private Proxy proxy(Settings settings) {
        var opaque = settings.of(ANNOTATION + "opaque-ports");
        var inbound = settings.of(ANNOTATION + "default-inbound-policy");
        return new Proxy(
                true,
                PortSet.parse(settings.of(ANNOTATION + "skip-inbound-ports")),
                PortSet.parse(settings.of(ANNOTATION + "skip-outbound-ports")),
                opaque.isEmpty() ? facts.opaque() : PortSet.parse(opaque),
                PortSet.parse(settings.of(ANNOTATION + "proxy-require-identity-inbound-ports")),
                Arrays.stream(InboundPolicy.values())
                        .filter(policy -> policy.value().equals(inbound))
                        .findFirst()
                        .orElse(facts.inbound()));
    }

    /** What a pod's own annotations say, else those of its namespace. */
    private record Settings(ObjectMeta own, @Nullable Namespace namespace) {

        private String of(String annotation) {
            return Stream.of(own, namespace == null ? new ObjectMeta() : namespace.getMetadata())
                    .map(ObjectMeta::getAnnotations)
                    .map(Selecting::orNone)
                    .map(annotations -> annotations.get(annotation))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("");
        }
    }
}
