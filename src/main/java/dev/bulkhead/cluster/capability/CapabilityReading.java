package dev.bulkhead.cluster.capability;

import dev.bulkhead.api.v1alpha1.ClusterCapabilities;
import dev.bulkhead.api.v1alpha1.ExternalDnsCapability;
import dev.bulkhead.api.v1alpha1.GatewayApiCapability;
import dev.bulkhead.api.v1alpha1.InstalledVersion;
import dev.bulkhead.api.v1alpha1.LinkerdCapability;
import dev.bulkhead.api.v1alpha1.NetworkPolicyEngine;
import dev.bulkhead.api.v1alpha1.StorageClassCapability;
import dev.bulkhead.apply.Ownership;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Asks a cluster what it offers: five requests, one more in K3s, and one or two for each component that it finds. What we have no
 * right to ask stays unknown, and so does what makes no sense. A cluster that fails or doesn't answer is the caller's to
 * deal with.
 */
public final class CapabilityReading {

    private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
    private static final String GATEWAY = "gateway.networking.k8s.io";
    private static final String NAME = "app.kubernetes.io/name";
    private static final int MOST_CLASSES = 50;

    /** K3s has an engine within itself, unless it was started without; it has no API, so this is where it shows. */
    private static final String K3S = "+k3s";

    private static final String SERVER = "node-role.kubernetes.io/control-plane";
    private static final String STARTED_WITH = "k3s.io/node-args";
    private static final String WITHOUT_ENGINE = "--disable-network-policy";

    private final KubernetesClient client;
    private final String version;
    private final Raw raw;
    private final List<String> unknown = new ArrayList<>();

    private CapabilityReading(KubernetesClient client, String version) {
        this.client = client;
        this.version = version;
        this.raw = new Raw(client);
    }

    /** @param version as the API server says it */
    public static ClusterCapabilities of(KubernetesClient client, String version) {
        return new CapabilityReading(client, version).read();
    }

    private ClusterCapabilities read() {
        var discovery = asked("apis", () -> Discovery.of(List.of(raw.discovery("/api"), raw.discovery("/apis"))));
        if (discovery.isEmpty()) {
            unknown.addAll(List.of("apis", "linkerd", "gatewayApi", "certManager", "traefik", "networkPolicyEngine"));
        }
        return new ClusterCapabilities(
                discovery.map(Discovery::apis).orElse(List.of()),
                serves(discovery, "policy.linkerd.io") ? linkerd() : null,
                serves(discovery, GATEWAY) ? gatewayApi() : null,
                serves(discovery, "cert-manager.io") ? installed("certManager", "cert-manager") : null,
                externalDns(),
                serves(discovery, "traefik.io") ? installed("traefik", "traefik") : null,
                asked("storageClasses", () -> Optional.of(storageClasses())).orElse(List.of()),
                discovery.map(this::networkPolicyEngine).orElse(null),
                networks(discovery),
                unknown.stream().distinct().sorted().toList());
    }

    private List<String> networks(Optional<Discovery> discovery) {
        var networks = new Networks(client);
        var services = discovery
                .filter(it -> it.has("networking.k8s.io/v1", "ServiceCIDR"))
                .flatMap(_ -> asked("networks", () -> Optional.of(networks.ofServices())));
        return Stream.of(services, asked("networks", () -> Optional.of(networks.ofPodsAndNodes())))
                .flatMap(Optional::stream)
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .toList();
    }

    private NetworkPolicyEngine networkPolicyEngine(Discovery discovery) {
        var told = discovery.networkPolicyEngine();
        return told == NetworkPolicyEngine.Unknown && version.contains(K3S)
                ? asked("networkPolicyEngine", this::startedWith)
                        .filter(it -> !it.contains(WITHOUT_ENGINE))
                        .map(_ -> NetworkPolicyEngine.KubeRouter)
                        .orElse(told)
                : told;
    }

    /** The arguments of a server of K3s, with those of its configuration file. */
    private Optional<String> startedWith() {
        var first = new ListOptionsBuilder().withLimit(1L).build();
        return client.nodes().withLabel(SERVER).list(first).getItems().stream()
                .map(it -> it.getMetadata().getAnnotations())
                .filter(Objects::nonNull)
                .flatMap(it -> Stream.ofNullable(it.get(STARTED_WITH)))
                .findFirst();
    }

    private static boolean serves(Optional<Discovery> discovery, String group) {
        return discovery.filter(it -> it.hasGroup(group)).isPresent();
    }

    /** In the namespace where the mesh is looked for everywhere: a Deployment elsewhere could be anybody's. */
    private LinkerdCapability linkerd() {
        var destination = asked("linkerd", () -> Optional.ofNullable(client.apps()
                        .deployments()
                        .inNamespace("linkerd")
                        .withName("linkerd-destination")
                        .get())
                .map(Installation::new));
        return new LinkerdCapability(
                destination.flatMap(Installation::version).orElse(null),
                destination
                        .flatMap(it -> it.argument("outbound-transport-mode"))
                        .orElse(null));
    }

    private GatewayApiCapability gatewayApi() {
        var annotations = asked("gatewayApi", () -> Optional.of(raw.definition("gateways." + GATEWAY)))
                .map(it -> it.path("metadata").path("annotations"));
        return new GatewayApiCapability(
                annotations
                        .map(it -> it.path(GATEWAY + "/bundle-version").textValue())
                        .orElse(null),
                annotations.map(it -> it.path(GATEWAY + "/channel").textValue()).orElse(null));
    }

    private InstalledVersion installed(String field, String name) {
        return new InstalledVersion(
                installation(field, name).flatMap(Installation::version).orElse(null));
    }

    private @Nullable ExternalDnsCapability externalDns() {
        return installation("externalDns", "external-dns")
                .map(it -> new ExternalDnsCapability(
                        it.version().orElse(null), annotationPrefix(it).orElse(null)))
                .orElse(null);
    }

    /** What its argument says, else the default of its version. */
    private static Optional<String> annotationPrefix(Installation externalDns) {
        return externalDns.argument("annotation-prefix").or(() -> externalDns
                .isAtLeast(0, 22)
                .map(it -> it ? "external-dns.kubernetes.io/" : "external-dns.alpha.kubernetes.io/"));
    }

    private Optional<Installation> installation(String field, String name) {
        return asked(
                field,
                () -> client.apps().deployments().inAnyNamespace().withLabel(NAME, name).list().getItems().stream()
                        .sorted(Comparator.comparing(it -> it.getMetadata().getNamespace()))
                        .filter(this::isOfThePlatform)
                        .findFirst()
                        .map(Installation::new));
    }

    /** What stands in an environment can call itself what it likes. */
    private boolean isOfThePlatform(Deployment deployment) {
        return Optional.ofNullable(client.namespaces()
                        .withName(deployment.getMetadata().getNamespace())
                        .get())
                .map(it -> it.getMetadata().getLabels())
                .filter(labels -> !labels.containsKey(Ownership.HUB))
                .isPresent();
    }

    private List<StorageClassCapability> storageClasses() {
        return client.storage().v1().storageClasses().list().getItems().stream()
                .map(it -> new StorageClassCapability(
                        it.getMetadata().getName(), it.getProvisioner(), isDefault(it) ? true : null))
                .sorted(Comparator.comparing((StorageClassCapability it) -> it.isDefault() == null)
                        .thenComparing(StorageClassCapability::name))
                .limit(MOST_CLASSES)
                .toList();
    }

    private static boolean isDefault(StorageClass storageClass) {
        var annotations = storageClass.getMetadata().getAnnotations();
        return annotations != null && "true".equals(annotations.get(DEFAULT_CLASS));
    }

    /** The answer, or none if we may not ask for it. */
    private <T> Optional<T> asked(String field, Supplier<Optional<T>> question) {
        try {
            return question.get();
        } catch (KubernetesClientException e) {
            if (!isOurs(e.getCode())) {
                throw e;
            }
            unknown.add(field);
            return Optional.empty();
        }
    }

    /** Whether it is the question that was wrong, or nothing for us to ask. */
    private static boolean isOurs(int code) {
        return switch (code) {
            case 400, 403, 404, 405, 406 -> true;
            default -> false;
        };
    }
}
