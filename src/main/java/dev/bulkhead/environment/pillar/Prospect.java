package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.WorkloadPort;
import dev.bulkhead.api.v1alpha1.WorkloadType;
import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.apply.Plan;
import dev.bulkhead.cluster.Capabilities;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.environment.pillar.Admission.Account;
import dev.bulkhead.network.Peer;
import dev.bulkhead.network.reach.Endpoint;
import dev.bulkhead.network.reach.Endpoint.Probing;
import dev.bulkhead.network.reach.Facts;
import dev.bulkhead.network.reach.Intent;
import dev.bulkhead.network.reach.Proxy;
import dev.bulkhead.network.reach.World;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A plan, in the words of {@code reach}: who will be there, and what will stand between them. */
public record Prospect(Blueprint blueprint, Plan plan) {

    /** Whether nobody can say who reaches whom, since it isn't known whether there is the mesh that is asked for. */
    public boolean isUntold() {
        return blueprint.meshed() && blueprint.capabilities().offers().apis().isEmpty();
    }

    /** All of some environments, as it will be. They share a cluster. */
    public static World world(Collection<Prospect> prospects, Capabilities capabilities) {
        return World.of(prospects.stream().flatMap(Prospect::objects).toList(), facts(capabilities))
                .with(prospects.stream().flatMap(Prospect::platform).distinct().toList())
                .asked(redirected(prospects));
    }

    /** The same place with other objects in it: what is there now. */
    public World with(Collection<? extends HasMetadata> objects) {
        return World.of(objects, facts(blueprint.capabilities()))
                .with(platform().toList())
                .asked(redirected(List.of(this)));
    }

    /** What of its cluster decides who reaches whom. */
    public Facts facts() {
        return facts(blueprint.capabilities());
    }

    /** What is true of a whole cluster, as far as its capabilities tell. */
    public static Facts facts(Capabilities capabilities) {
        var usual = Facts.USUAL;
        return new Facts(
                transport(capabilities),
                capabilities.clusterDomain(),
                usual.controlPlane(),
                usual.inbound(),
                usual.opaque(),
                usual.probeNetworks(),
                usual.clusterNetworks(),
                usual.podNetworks(),
                capabilities.nodes(),
                Objects.requireNonNullElse(capabilities.offers().networkPolicyEngine(), usual.engine()));
    }

    private static Facts.Transport transport(Capabilities capabilities) {
        var offers = capabilities.offers();
        if (offers.linkerd() == null) {
            return offers.apis().isEmpty() ? Facts.Transport.UNKNOWN : Facts.Transport.NONE;
        }
        return switch (offers.linkerd().outboundTransportMode()) {
            case "transport-header" -> Facts.Transport.HEADER;
            case "transparent" -> Facts.Transport.TRANSPARENT;
            case null, default -> Facts.Transport.UNKNOWN;
        };
    }

    /** What was wanted between workloads, from the platform, and towards addresses. */
    public List<Intent> intents() {
        return new Intents(blueprint).all();
    }

    static String id(WorkloadSlice workload) {
        return workload.namespace() + "/" + workload.name();
    }

    /** Where the answers to probes lead, by the id of whoever is probed. */
    private static Map<String, List<Probing>> redirected(Collection<Prospect> prospects) {
        return prospects.stream()
                .flatMap(it -> it.blueprint.workloads().stream())
                .collect(Collectors.toMap(Prospect::id, Prospect::redirected, (one, _) -> one));
    }

    private static List<Probing> redirected(WorkloadSlice workload) {
        return workload.spec().ports().stream()
                .map(WorkloadPort::containerPort)
                .distinct()
                .flatMap(port -> new ProbeRequests(workload.spec(), port)
                        .redirected()
                        .map(request -> Probing.redirected(port, request.path())))
                .toList();
    }

    private Stream<Admission> admissions() {
        return blueprint.networks().stream().flatMap(set -> new SetEdges(blueprint, set).admissions());
    }

    /** The platform's pods, that aren't the environment's, as far as they may call it. */
    private Stream<Endpoint> platform() {
        return admissions()
                .flatMap(it -> it.from().stream().flatMap(peer -> platform(peer, it.account())))
                .distinct();
    }

    private static Stream<Endpoint> platform(Peer peer, @Nullable Account account) {
        return peer instanceof Peer.Pods pods
                ? Stream.of(new Endpoint(
                        pods.namespace(),
                        name(pods),
                        pods.podLabels(),
                        account == null ? "" : account.name(),
                        List.of(),
                        List.of(),
                        account == null ? Proxy.NONE : Proxy.USUAL,
                        false,
                        List.of()))
                : Stream.empty();
    }

    static String id(Peer.Pods pods) {
        return pods.namespace() + "/" + name(pods);
    }

    private static String name(Peer.Pods pods) {
        return String.join("-", pods.podLabels().values().stream().sorted().toList());
    }

    private Stream<HasMetadata> objects() {
        var planned = plan.entries().stream()
                .filter(entry -> !plan.unserved().contains(entry.ref().kind()))
                .flatMap(
                        entry -> entry instanceof ObjectEntry it ? Stream.of(it.object()) : Stream.<HasMetadata>empty())
                .toList();
        var running = planned.stream()
                .filter(Prospect::runsPods)
                .map(it ->
                        it.getMetadata().getNamespace() + "/" + it.getMetadata().getName())
                .toList();
        // What others run, what is kept as it was found, or what waits for a rotation has no template here, and is
        // reached
        // all the same.
        return Stream.concat(
                planned.stream(),
                blueprint.workloads().stream()
                        .filter(it -> !running.contains(id(it)))
                        .map(this::declared));
    }

    private static boolean runsPods(HasMetadata object) {
        return object instanceof Deployment
                || object instanceof StatefulSet
                || object instanceof Job
                || object instanceof CronJob;
    }

    private HasMetadata declared(WorkloadSlice workload) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(workload.namespace())
                .withName(workload.name())
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(Map.copyOf(workload.selector()))
                .withAnnotations(annotations(workload))
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(workload.name())
                .withContainers(new ContainerBuilder()
                        .withName(workload.name())
                        .withPorts(ports(workload))
                        .build())
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    /** What we will write on its pods. Those of others have what others wrote. */
    private Map<String, String> annotations(WorkloadSlice workload) {
        return workload.spec().type() == WorkloadType.Hook ? new Mesh(blueprint).podAnnotations(workload) : Map.of();
    }

    private static List<ContainerPort> ports(WorkloadSlice workload) {
        return workload.spec().ports().stream()
                .map(port -> new ContainerPortBuilder()
                        .withName(port.name())
                        .withContainerPort(port.containerPort())
                        .withProtocol(port.protocol().name())
                        .build())
                .toList();
    }
}
