package dev.bulkhead.runtime;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.EnvironmentClass;
import dev.bulkhead.api.v1alpha1.NetworkPolicySet;
import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.Reference;
import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.environment.Hub;
import dev.bulkhead.environment.ReleaseMark;
import dev.bulkhead.operation.OperationId;
import dev.bulkhead.operation.OperationReports;
import dev.bulkhead.operation.OperationScope;
import dev.bulkhead.secrets.HubSecrets;
import dev.bulkhead.secrets.vault.Shelf;
import dev.bulkhead.status.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The hub's resources, watched once for all reconcilers, and who has to look again when one changes. JOSDK would watch
 * each kind once per reconciler that reads it (docs/adr/0002).
 */
final class HubCaches implements Hub, AutoCloseable {

    private static final String BY_ENVIRONMENT = "environment";
    private static final String BY_OWNER = "owner";
    private static final String OPEN = "open";

    private final KubernetesClient client;
    private final Triggers triggers;
    private final HubSecrets secrets;
    private final Revisions revisions;
    private final OperationReports reports;
    private final Function<EnvironmentId, Shelf> shelves;
    private final BiFunction<EnvironmentId, EnvironmentId, Shelf> glances;
    private final OperationScope scope;
    private final SharedIndexInformer<Environment> environments;
    private final SharedIndexInformer<Workload> workloads;
    private final SharedIndexInformer<NetworkPolicySet> networks;
    private final SharedIndexInformer<SecretScope> scopes;
    private final SharedIndexInformer<Operation> operations;
    private final SharedIndexInformer<EnvironmentClass> classes;
    private final SharedIndexInformer<TargetCluster> clusters;
    private final SharedIndexInformer<Namespace> namespaces;

    HubCaches(
            KubernetesClient client,
            Triggers triggers,
            HubSecrets secrets,
            Revisions revisions,
            OperationReports reports,
            Function<EnvironmentId, Shelf> shelves,
            BiFunction<EnvironmentId, EnvironmentId, Shelf> glances,
            OperationScope scope) {
        this.client = client;
        this.triggers = triggers;
        this.secrets = secrets;
        this.revisions = revisions;
        this.reports = reports;
        this.shelves = shelves;
        this.glances = glances;
        this.scope = scope;
        environments = watch(Environment.class, this::environmentChanged, this::environmentGone);
        workloads = contributor(Workload.class, it -> it.getSpec().environmentRef());
        networks = contributor(NetworkPolicySet.class, it -> it.getSpec().environmentRef());
        scopes = contributor(SecretScope.class, it -> it.getSpec().environmentRef());
        operations = client.resources(Operation.class)
                .inAnyNamespace()
                .runnableInformer(0)
                .exceptionHandler((_, _) -> true)
                .itemStore(store(Operation.class, this::operationChanged))
                .addIndexers(Map.of(OPEN, it -> it.hasEnded() ? List.of() : List.of(OPEN)))
                // It is in its status that it was taken up, or has ended.
                .addEventHandler(OnChange.ofEverything(this::operationChanged, this::operationEnded));
        classes = watch(EnvironmentClass.class, this::classChanged, this::classChanged);
        clusters = watch(TargetCluster.class, this::clusterChanged, this::clusterChanged);
        namespaces = watch(Namespace.class, this::namespaceChanged, this::namespaceChanged);
    }

    void start() {
        CompletableFuture.allOf(
                        all().map(it -> it.start().toCompletableFuture()).toArray(CompletableFuture<?>[]::new))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        scopes.getStore().list().forEach(it -> secrets.watch(it.getMetadata().getNamespace()));
        secrets.awaitFirstLists();
    }

    private Stream<SharedIndexInformer<?>> all() {
        return Stream.of(environments, workloads, networks, scopes, operations, classes, clusters, namespaces);
    }

    private <T extends HasMetadata> SharedIndexInformer<T> watch(Class<T> type, Consumer<T> changed, Consumer<T> gone) {
        return client.resources(type)
                .inAnyNamespace()
                .runnableInformer(0)
                .exceptionHandler((_, _) -> true)
                .itemStore(store(type, changed))
                .addEventHandler(new OnChange<>(changed, gone));
    }

    private <T extends HasMetadata> PrunedStore<T> store(Class<T> type, Consumer<T> changed) {
        var doubts = new AtomicReference<PrunedStore<T>>();
        var store = new PrunedStore<T>(known -> Thread.startVirtualThread(
                () -> Optional.ofNullable(client.resource(known).get()).ifPresent(live -> {
                    doubts.get().settle(known, live);
                    changed.accept(live);
                })));
        doubts.set(store);
        return store;
    }

    private <T extends HasMetadata> SharedIndexInformer<T> contributor(
            Class<T> type, Function<T, Reference> environment) {
        Function<T, EnvironmentId> id = it -> new EnvironmentId(
                it.getMetadata().getNamespace(), environment.apply(it).name());
        return watch(
                        type,
                        it -> {
                            if (it instanceof SecretScope scope) {
                                secrets.watch(it.getMetadata().getNamespace());
                                sharing(scope).forEach(triggers::environment);
                            }
                            triggers.environment(id.apply(it));
                        },
                        it -> {
                            contributorGone(it, id.apply(it));
                            triggers.environment(id.apply(it));
                            if (it instanceof SecretScope scope) {
                                sharing(scope).forEach(triggers::environment);
                            }
                        })
                .addIndexers(Map.of(
                        BY_ENVIRONMENT,
                        it -> List.of(id.apply(it).toString()),
                        BY_OWNER,
                        it -> it instanceof SecretScope scope ? owners(scope) : List.of()));
    }

    /** What a SecretScope was may still be needed, as long as its environment is there. */
    private void contributorGone(HasMetadata contributor, EnvironmentId environment) {
        if (!(contributor instanceof SecretScope) || !has(environment)) {
            revisions.forget(contributor.getMetadata().getUid());
        }
    }

    /** The SecretScopes from which one claims something. */
    private static List<String> owners(SecretScope scope) {
        return scope.getSpec().entries().stream()
                .map(SecretEntry::granted)
                .filter(Objects::nonNull)
                .map(it -> scope.getMetadata().getNamespace() + "/" + it.scope())
                .distinct()
                .toList();
    }

    /** The environments of those who share an entry with one of a SecretScope. */
    private Stream<EnvironmentId> sharing(SecretScope scope) {
        var name =
                scope.getMetadata().getNamespace() + "/" + scope.getMetadata().getName();
        return Stream.concat(
                        scopes.getIndexer().byIndex(BY_OWNER, name).stream(),
                        owners(scope).stream()
                                .flatMap(it ->
                                        Stream.ofNullable(scopes.getStore().getByKey(it))))
                .map(it -> new EnvironmentId(
                        it.getMetadata().getNamespace(),
                        it.getSpec().environmentRef().name()))
                .distinct();
    }

    private void operationChanged(Operation operation) {
        if (operation.hasEnded()) {
            operationEnded(operation);
        }
        concerned(operation).forEach(triggers::environment);
    }

    private void operationEnded(Operation operation) {
        reports.forget(OperationId.of(operation));
    }

    /** The environments that there are, of those that an operation is about. */
    List<EnvironmentId> concerned(Operation operation) {
        return environments.getStore().list().stream()
                .map(EnvironmentId::of)
                .filter(it -> scope.covers(operation, it))
                .toList();
    }

    private void environmentChanged(Environment environment) {
        var id = EnvironmentId.of(environment);
        contributors(id).keySet().forEach(it -> triggers.contributor(id.namespace(), it));
        secretScopes(id).stream().flatMap(this::sharing).forEach(triggers::environment);
        classes.getStore().list().forEach(triggers::environmentClass);
        clusters.getStore()
                .list()
                .forEach(it -> triggers.cluster(it.getMetadata().getName()));
    }

    /** It may have stood in the way of another one. */
    private void environmentGone(Environment environment) {
        environmentChanged(environment);
        departed(EnvironmentId.of(environment))
                .forEach(it -> revisions.forget(it.getMetadata().getUid()));
        environments.getStore().list().stream()
                .filter(HubCaches::isHinderedByForeign)
                .forEach(this::look);
    }

    private static boolean isHinderedByForeign(Environment environment) {
        return environment.getStatus() != null
                && environment.getStatus().conditions().stream()
                        .anyMatch(it -> Reason.ForeignObject.name().equals(it.getReason()));
    }

    private void classChanged(EnvironmentClass environmentClass) {
        var name = environmentClass.getMetadata().getName();
        environments.getStore().list().stream()
                .filter(it -> it.getSpec().classRef() == null
                        || it.getSpec().classRef().name().equals(name))
                .forEach(this::look);
    }

    private void clusterChanged(TargetCluster cluster) {
        environments.getStore().list().forEach(this::look);
    }

    private void namespaceChanged(Namespace namespace) {
        environments.getStore().list().stream()
                .filter(it -> it.getMetadata()
                        .getNamespace()
                        .equals(namespace.getMetadata().getName()))
                .forEach(this::look);
    }

    /** A Secret of a hub namespace came, changed or went. */
    void secretsChanged(String namespace) {
        scopes.getStore().list().stream()
                .filter(it -> it.getMetadata().getNamespace().equals(namespace))
                .map(it -> new EnvironmentId(
                        namespace, it.getSpec().environmentRef().name()))
                .distinct()
                .forEach(triggers::environment);
    }

    private void look(Environment environment) {
        triggers.environment(EnvironmentId.of(environment));
    }

    @Override
    public List<Environment> environments() {
        return environments.getStore().list();
    }

    /** Since when it has been let go, if it has: then nobody looks at it. */
    Optional<String> released(EnvironmentId environment) {
        return Optional.ofNullable(environments.getStore().getByKey(environment.toString()))
                .flatMap(ReleaseMark::on);
    }

    /** What was let go while not everybody knows yet: whoever did it may not have lived to say so. */
    List<Environment> unfinishedReleases() {
        return environments().stream()
                .filter(it -> ReleaseMark.on(it).isPresent())
                .filter(it -> !ReleaseMark.isSettled(it)
                        || !operations(EnvironmentId.of(it)).isEmpty())
                .toList();
    }

    @Override
    public Environment newest(Environment cached) {
        return Optional.ofNullable(environments
                        .getStore()
                        .getByKey(EnvironmentId.of(cached).toString()))
                .filter(it ->
                        it.getMetadata().getUid().equals(cached.getMetadata().getUid()))
                .filter(it ->
                        it.getMetadata().getGeneration() > cached.getMetadata().getGeneration())
                .map(client.getKubernetesSerialization()::clone)
                .orElse(cached);
    }

    @Override
    public boolean has(EnvironmentId environment) {
        return environments.getStore().getByKey(environment.toString()) != null;
    }

    @Override
    public List<Workload> workloads(EnvironmentId environment) {
        return workloads.getIndexer().byIndex(BY_ENVIRONMENT, environment.toString());
    }

    @Override
    public List<NetworkPolicySet> networkPolicySets(EnvironmentId environment) {
        return networks.getIndexer().byIndex(BY_ENVIRONMENT, environment.toString());
    }

    @Override
    public List<SecretScope> secretScopes(EnvironmentId environment) {
        return scopes.getIndexer().byIndex(BY_ENVIRONMENT, environment.toString());
    }

    @Override
    public List<SecretScope> departed(EnvironmentId environment) {
        return revisions.departed(environment, secretScopes(environment));
    }

    @Override
    public Optional<SecretScope> secretScope(String namespace, String name) {
        return Optional.ofNullable(scopes.getStore().getByKey(namespace + "/" + name));
    }

    @Override
    public Optional<SecretScope> accepted(SecretScope scope) {
        return revisions.last(scope);
    }

    @Override
    public List<Operation> operations(EnvironmentId environment) {
        return operations.getIndexer().byIndex(OPEN, OPEN).stream()
                .filter(it -> it.getStatus() != null && it.getStatus().startTime() != null)
                .filter(it -> scope.covers(it, environment))
                .filter(it -> !reports.isFinished(OperationId.of(it), environment))
                .sorted(Comparator.comparing((Operation it) -> it.getMetadata().getCreationTimestamp())
                        .thenComparing(it -> it.getMetadata().getUid()))
                .toList();
    }

    /** All of them, those that have ended too. */
    List<Operation> operations() {
        return operations.getStore().list();
    }

    @Override
    public List<EnvironmentClass> classes() {
        return classes.getStore().list();
    }

    @Override
    public List<TargetCluster> clusters() {
        return clusters.getStore().list();
    }

    @Override
    public Optional<TargetCluster> cluster(String name) {
        return Optional.ofNullable(clusters.getStore().getByKey(name));
    }

    @Override
    public Map<String, String> namespaceLabels(String namespace) {
        return Optional.ofNullable(namespaces.getStore().getByKey(namespace))
                .map(it -> it.getMetadata().getLabels())
                .map(Map::copyOf)
                .orElse(Map.of());
    }

    @Override
    public Shelf shelf(EnvironmentId environment) {
        return shelves.apply(environment);
    }

    @Override
    public Shelf glance(EnvironmentId owner, EnvironmentId claimant) {
        return glances.apply(owner, claimant);
    }

    @Override
    public Map<String, Map<String, String>> secrets(String namespace) {
        return secrets.find(namespace);
    }

    @Override
    public void close() {
        all().forEach(SharedIndexInformer::close);
    }
}
