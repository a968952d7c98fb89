package dev.bulkhead.cli.plan;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.EnvironmentClass;
import dev.bulkhead.api.v1alpha1.NetworkPolicySet;
import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.cli.manifest.Manifests;
import dev.bulkhead.environment.Hub;
import dev.bulkhead.environment.Slices;
import dev.bulkhead.environment.keeping.ImaginedShelf;
import dev.bulkhead.secrets.vault.Shelf;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The hub as it would be if it had exactly what is in some files. */
final class FolderHub implements Hub {

    private final Manifests manifests;
    private final KnownSecrets secrets;
    private final Function<EnvironmentId, Slices> slices;

    /** @param slices what was accepted before, of an environment */
    FolderHub(Manifests manifests, KnownSecrets secrets, Function<EnvironmentId, Slices> slices) {
        this.manifests = manifests;
        this.secrets = secrets;
        this.slices = slices;
    }

    @Override
    public List<Environment> environments() {
        return manifests.resources(Environment.class);
    }

    @Override
    public Environment newest(Environment cached) {
        return cached;
    }

    @Override
    public boolean has(EnvironmentId environment) {
        return environments().stream().map(EnvironmentId::of).anyMatch(environment::equals);
    }

    @Override
    public List<Workload> workloads(EnvironmentId environment) {
        return of(
                environment, Workload.class, it -> it.getSpec().environmentRef().name());
    }

    @Override
    public List<NetworkPolicySet> networkPolicySets(EnvironmentId environment) {
        return of(environment, NetworkPolicySet.class, it -> it.getSpec()
                .environmentRef()
                .name());
    }

    @Override
    public List<SecretScope> secretScopes(EnvironmentId environment) {
        return of(environment, SecretScope.class, it -> it.getSpec()
                .environmentRef()
                .name());
    }

    @Override
    public List<SecretScope> departed(EnvironmentId environment) {
        return slices.apply(environment).departed(environment, secretScopes(environment));
    }

    @Override
    public Optional<SecretScope> secretScope(String namespace, String name) {
        return manifests.resources(SecretScope.class).stream()
                .filter(it -> it.getMetadata().getNamespace().equals(namespace)
                        && it.getMetadata().getName().equals(name))
                .findFirst();
    }

    /** Files have no past: what they say is what will be accepted. */
    @Override
    public Optional<SecretScope> accepted(SecretScope scope) {
        return Optional.of(scope);
    }

    private <T extends HasMetadata> List<T> of(
            EnvironmentId environment, Class<T> type, Function<T, String> reference) {
        Predicate<T> belongs =
                it -> environment.equals(new EnvironmentId(it.getMetadata().getNamespace(), reference.apply(it)));
        return manifests.resources(type).stream().filter(belongs).toList();
    }

    /** What is done once isn't part of what should be. */
    @Override
    public List<Operation> operations(EnvironmentId environment) {
        return List.of();
    }

    @Override
    public List<EnvironmentClass> classes() {
        return manifests.resources(EnvironmentClass.class);
    }

    @Override
    public List<TargetCluster> clusters() {
        return manifests.resources(TargetCluster.class);
    }

    @Override
    public Optional<TargetCluster> cluster(String name) {
        return clusters().stream()
                .filter(it -> it.getMetadata().getName().equals(name))
                .findFirst();
    }

    @Override
    public Shelf shelf(EnvironmentId environment) {
        return ImaginedShelf.of(
                environment,
                Stream.concat(secretScopes(environment).stream(), departed(environment).stream())
                        .toList(),
                secrets(environment.namespace()));
    }

    @Override
    public Shelf glance(EnvironmentId owner, EnvironmentId claimant) {
        return shelf(owner);
    }

    /** The one label that every namespace has is put on by the API server. */
    @Override
    public Map<String, String> namespaceLabels(String namespace) {
        return Stream.concat(
                        manifests.resources(Namespace.class).stream()
                                .filter(it -> it.getMetadata().getName().equals(namespace))
                                .flatMap(it ->
                                        Optional.ofNullable(it.getMetadata().getLabels()).stream())
                                .flatMap(it -> it.entrySet().stream()),
                        Stream.of(Map.entry("kubernetes.io/metadata.name", namespace)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (_, byServer) -> byServer));
    }

    @Override
    public Map<String, Map<String, String>> secrets(String namespace) {
        return secrets.in(namespace);
    }
}
