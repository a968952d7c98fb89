package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.EnvironmentClass;
import dev.bulkhead.api.v1alpha1.NetworkPolicySet;
import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.environment.keeping.ImaginedShelf;
import dev.bulkhead.secrets.vault.Shelf;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The hub's caches, filled from text. */
public final class FakeHub implements Hub {

    private final List<Manifest> manifests = new ArrayList<>();
    private UnaryOperator<Optional<SecretScope>> accepted = UnaryOperator.identity();

    static FakeHub of(List<Manifest> manifests) {
        var hub = new FakeHub();
        hub.manifests.addAll(manifests);
        return hub;
    }

    public FakeHub put(String yaml) {
        manifests.addAll(Manifest.parse(Path.of("text of a test"), yaml));
        return this;
    }

    /** @param version a SecretScope → what of it was accepted last */
    FakeHub accepting(UnaryOperator<Optional<SecretScope>> version) {
        accepted = version;
        return this;
    }

    public void clear() {
        manifests.clear();
    }

    private <T extends HasMetadata> List<T> all(Class<T> type) {
        return manifests.stream()
                .filter(it -> it.kind().equals(type.getSimpleName()))
                .map(it -> it.as(type))
                .toList();
    }

    private <T extends HasMetadata> List<T> all(Class<T> type, Predicate<T> which) {
        return all(type).stream().filter(which).toList();
    }

    @Override
    public List<Environment> environments() {
        return all(Environment.class);
    }

    @Override
    public Environment newest(Environment cached) {
        return cached;
    }

    @Override
    public boolean has(EnvironmentId environment) {
        return environments().stream().anyMatch(it -> it.getMetadata().getName().equals(environment.name()));
    }

    @Override
    public List<Workload> workloads(EnvironmentId environment) {
        return all(Workload.class, it -> it.getSpec().environmentRef().name().equals(environment.name()));
    }

    @Override
    public List<NetworkPolicySet> networkPolicySets(EnvironmentId environment) {
        return all(
                NetworkPolicySet.class,
                it -> it.getSpec().environmentRef().name().equals(environment.name()));
    }

    @Override
    public List<SecretScope> secretScopes(EnvironmentId environment) {
        return all(SecretScope.class, it -> it.getSpec().environmentRef().name().equals(environment.name()));
    }

    @Override
    public List<SecretScope> departed(EnvironmentId environment) {
        return List.of();
    }

    @Override
    public Optional<SecretScope> secretScope(String namespace, String name) {
        return all(SecretScope.class, it -> it.getMetadata().getName().equals(name)).stream()
                .findFirst();
    }

    @Override
    public Optional<SecretScope> accepted(SecretScope scope) {
        return accepted.apply(Optional.of(scope));
    }

    @Override
    public List<Operation> operations(EnvironmentId environment) {
        return List.of();
    }

    @Override
    public List<EnvironmentClass> classes() {
        return all(EnvironmentClass.class);
    }

    @Override
    public List<TargetCluster> clusters() {
        return List.of();
    }

    @Override
    public Optional<TargetCluster> cluster(String name) {
        return all(TargetCluster.class, it -> it.getMetadata().getName().equals(name)).stream()
                .findFirst();
    }

    @Override
    public Map<String, String> namespaceLabels(String namespace) {
        return Map.of("kubernetes.io/metadata.name", namespace);
    }

    @Override
    public Shelf shelf(EnvironmentId environment) {
        return ImaginedShelf.of(environment, secretScopes(environment), secrets(environment.namespace()));
    }

    @Override
    public Shelf glance(EnvironmentId owner, EnvironmentId claimant) {
        return shelf(owner);
    }

    @Override
    public Map<String, Map<String, String>> secrets(String namespace) {
        return Map.of();
    }
}
