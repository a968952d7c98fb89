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
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private final Set<EnvironmentId> ofClasses;

    public LiveHub(KubernetesClient client, Manifests files) {
        this.files = files;
        this.ofClasses = ofClasses(client);
        live.addAll(client.resources(EnvironmentClass.class).list().getItems());
        live.addAll(client.resources(TargetCluster.class).list().getItems());
        hubNamespaces().forEach(namespace -> {
            Stream.ofNullable(client.namespaces().withName(namespace).get()).forEach(live::add);
            OF_A_NAMESPACE.forEach(type -> live.addAll(
                    client.resources(type).inNamespace(namespace).list().getItems()));
        });
    }

    /** Those that have one of the classes in the files, wherever they are. */
    private Set<EnvironmentId> ofClasses(KubernetesClient client) {
        var classes = files.resources(EnvironmentClass.class).stream()
                .map(it -> it.getMetadata().getName())
                .collect(Collectors.toSet());
        return classes.isEmpty()
                ? Set.of()
                : client.resources(Environment.class).inAnyNamespace().list().getItems().stream()
                        .filter(it -> it.getSpec().classRef() == null
                                || classes.contains(it.getSpec().classRef().name()))
                        .map(EnvironmentId::of)
                        .collect(Collectors.toSet());
    }

    private Set<String> hubNamespaces() {
        return Stream.concat(
                        ofClasses.stream().map(EnvironmentId::namespace),
                        files.declared().stream().flatMap(it -> namespace(it.resource())))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> namespace(HasMetadata resource) {
        var metadata = resource.getMetadata();
        return Stream.ofNullable(resource instanceof Namespace ? metadata.getName() : metadata.getNamespace());
    }

    /** What holds for all environments of a namespace: what it is labelled with, and the Secrets in it. */
    private Stream<EnvironmentId> besideTheFiles() {
        var namespaces = files.declared().stream()
                .map(it -> it.resource())
                .filter(it -> it instanceof Namespace || it instanceof Secret)
                .flatMap(LiveHub::namespace)
                .collect(Collectors.toSet());
        return live.stream()
                .filter(it -> it instanceof Environment
                        && namespaces.contains(it.getMetadata().getNamespace()))
                .map(EnvironmentId::of);
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

    /** Those that the files are about, and those that they change all the same. */
    public Set<EnvironmentId> meant() {
        return Stream.of(
                        ofClasses.stream(),
                        besideTheFiles(),
                        files.resources(Environment.class).stream().map(EnvironmentId::of),
                        files.declared().stream()
                                .flatMap(it -> Contribution.of(it.resource()).stream())
                                .map(Contribution::environment))
                .flatMap(environments -> environments)
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
