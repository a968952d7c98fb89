package dev.bulkhead.cli.live;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.EnvironmentClass;
import dev.bulkhead.api.v1alpha1.NetworkPolicySet;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.cli.manifest.Declared;
import dev.bulkhead.cli.manifest.Manifests;
import dev.bulkhead.cli.plan.Contribution;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The hub as it would be with some files applied: what they name is theirs, and the rest as it is. */
public final class LiveHub {

    private static final List<Class<? extends HasMetadata>> OF_A_NAMESPACE =
            List.of(Environment.class, Workload.class, NetworkPolicySet.class, SecretScope.class, Secret.class);

    private final Manifests files;
    private final List<HasMetadata> live = new ArrayList<>();

    public LiveHub(KubernetesClient client, Manifests files) {
        this.files = files;
        live.addAll(client.resources(EnvironmentClass.class).list().getItems());
        live.addAll(client.resources(TargetCluster.class).list().getItems());
        hubNamespaces().forEach(namespace -> {
            Stream.ofNullable(client.namespaces().withName(namespace).get()).forEach(live::add);
            OF_A_NAMESPACE.forEach(type -> live.addAll(
                    client.resources(type).inNamespace(namespace).list().getItems()));
        });
    }

    private Set<String> hubNamespaces() {
        return files.declared().stream()
                .map(it -> it.resource().getMetadata().getNamespace())
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }

    public Manifests merged() {
        var byName = live.stream().collect(Collectors.toMap(LiveHub::name, Function.identity()));
        var declared = new ArrayList<Declared<?>>();
        for (var file : files.declared()) {
            var there = byName.remove(name(file.resource()));
            if (there != null) {
                // Who was first, and which it is, isn't in a file.
                file.resource().getMetadata().setUid(there.getMetadata().getUid());
                file.resource()
                        .getMetadata()
                        .setCreationTimestamp(there.getMetadata().getCreationTimestamp());
            }
            declared.add(file);
        }
        byName.values().forEach(it -> declared.add(Declared.elsewhere("the hub", it)));
        return new Manifests(declared, files.faults());
    }

    /** Those that the files are about. */
    public Set<EnvironmentId> meant() {
        return Stream.concat(
                        files.resources(Environment.class).stream().map(EnvironmentId::of),
                        files.declared().stream()
                                .flatMap(it -> Contribution.of(it.resource()).stream())
                                .map(Contribution::environment))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The contributors that are there now: of what is refused, that stays in force. */
    public Map<Origin, HasMetadata> contributors(EnvironmentId environment) {
        return live.stream()
                .flatMap(it -> Contribution.of(it).stream())
                .filter(it -> it.environment().equals(environment))
                .collect(Collectors.toMap(Contribution::origin, Contribution::resource));
    }

    private static String name(HasMetadata resource) {
        var metadata = resource.getMetadata();
        // The only kinds of others here are namespaces and Secrets, whose names don't meet.
        return "%s %s/%s".formatted(resource.getKind(), metadata.getNamespace(), metadata.getName());
    }
}
