package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.ContainerLimits;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.apply.Level;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.TargetNamespace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The namespaces, with pod security, and what all pods of one may take together and alone. */
public final class Namespaces implements Pillar {

    private static final String POD_SECURITY = "pod-security.kubernetes.io/";

    /** What a container asks for when neither it nor anybody else says, and a quota would refuse it for that. */
    private static final Map<String, Quantity> MODEST =
            Map.of("cpu", new Quantity("50m"), "memory", new Quantity("64Mi"));

    @Override
    public Stream<Entry> plan(Blueprint blueprint) {
        return blueprint.namespaces().stream().flatMap(namespace -> of(blueprint, namespace));
    }

    private static Stream<Entry> of(Blueprint blueprint, TargetNamespace namespace) {
        var quota = quota(blueprint, namespace);
        return Stream.of(
                        Stream.of(entry(blueprint, namespace(blueprint, namespace), Level.NAMESPACE)),
                        resourceQuota(blueprint, namespace, quota).stream()
                                .map(it -> entry(blueprint, it, Level.FOUNDATION)),
                        limitRange(blueprint, namespace, quota).stream()
                                .map(it -> entry(blueprint, it, Level.FOUNDATION)))
                .flatMap(entries -> entries);
    }

    private static Entry entry(Blueprint blueprint, HasMetadata object, Level level) {
        return new ObjectEntry(object, level, blueprint.origin());
    }

    private static HasMetadata namespace(Blueprint blueprint, TargetNamespace namespace) {
        var level = namespace.spec().podSecurity().name();
        var meta = blueprint.metadata("", namespace.name());
        return new NamespaceBuilder()
                .withMetadata(meta.withNamespace(null)
                        .withLabels(namespace.spec().labels())
                        .addToLabels(POD_SECURITY + "enforce", level)
                        .addToLabels(POD_SECURITY + "audit", level)
                        .addToLabels(POD_SECURITY + "warn", level)
                        .addToLabels(blueprint.ownership().labels())
                        .withAnnotations(namespace.spec().annotations())
                        .addToAnnotations(new Mesh(blueprint).namespaceAnnotations())
                        .addToAnnotations(blueprint.ownership().annotations())
                        .build())
                .build();
    }

    /**
     * What is in force, resource by resource: what the namespace says, else what the class says, else the ceiling
     * itself, which would be no ceiling if silence went over it.
     */
    private static Map<String, Quantity> quota(Blueprint blueprint, TargetNamespace namespace) {
        var defaults = blueprint.environmentClass().defaults();
        var quota = new TreeMap<>(blueprint.environmentClass().ceilings());
        if (defaults != null) {
            quota.putAll(defaults.quota());
        }
        quota.putAll(namespace.spec().quota());
        return Quantities.canonical(quota);
    }

    private static Optional<HasMetadata> resourceQuota(
            Blueprint blueprint, TargetNamespace namespace, Map<String, Quantity> quota) {
        return quota.isEmpty()
                ? Optional.empty()
                : Optional.of(new ResourceQuotaBuilder()
                        .withMetadata(blueprint
                                .metadata(namespace.name(), namespace.spec().name())
                                .build())
                        .withNewSpec()
                        .withHard(quota)
                        .endSpec()
                        .build());
    }

    private static Optional<HasMetadata> limitRange(
            Blueprint blueprint, TargetNamespace namespace, Map<String, Quantity> quota) {
        var limits = limits(blueprint, namespace);
        var requests = new TreeMap<>(limits.defaultRequest());
        MODEST.forEach((resource, modest) -> {
            var counted = quota.containsKey(resource) || quota.containsKey("requests." + resource);
            // A default limit alone is taken for the request too, by the API server.
            if (counted && !limits.defaults().containsKey(resource)) {
                requests.putIfAbsent(resource, modest);
            }
        });
        return requests.isEmpty() && limits.defaults().isEmpty()
                ? Optional.empty()
                : Optional.of(new LimitRangeBuilder()
                        .withMetadata(blueprint
                                .metadata(namespace.name(), namespace.spec().name())
                                .build())
                        .withNewSpec()
                        .addNewLimit()
                        .withType("Container")
                        .withDefault(Quantities.canonical(limits.defaults()))
                        .withDefaultRequest(Quantities.canonical(requests))
                        .endLimit()
                        .endSpec()
                        .build());
    }

    private static ContainerLimits limits(Blueprint blueprint, TargetNamespace namespace) {
        var own = namespace.spec().limits();
        var defaults = blueprint.environmentClass().defaults();
        if (own != null) {
            return own;
        }
        return defaults == null || defaults.limits() == null
                ? new ContainerLimits(Map.of(), Map.of())
                : defaults.limits();
    }
}
