package dev.bulkhead.cluster;

import dev.bulkhead.api.v1alpha1.ClusterCapabilities;
import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Inventory;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Observation;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.apply.SecretReader;
import dev.bulkhead.apply.Site;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One target cluster: its watches, its inventories, what it can do. Callers never wait for a watch: what isn't known yet
 * is absent.
 */
public final class Connection implements Site, AutoCloseable {

    private final KubernetesClient client;
    private final Resources resources;
    private final Observations observations;
    private final Pods pods;
    private final Inventories inventories;
    private final SecretReader secrets;
    private final SharedIndexInformer<?> podWatch;
    private final KindWatches kindWatches;
    private final SecretWatches secretWatches;
    private final BroughtWatch brought;
    private final DeliveredWatch delivered;
    private final ForeignPolicies foreign;
    private final OperatorAccount account;
    private final Told<EndpointSlice, List<Capabilities.ApiServer>> apiServers;
    private final Told<Node, List<String>> nodes;
    private final String version;
    private final String uid;
    private final Runnable allChanged;
    private final AtomicReference<ClusterCapabilities> offers;

    private Connection(
            KubernetesClient client,
            String hubId,
            OperatorAccount account,
            ClusterCapabilities offers,
            Digest digest,
            SecretReader secrets,
            Clock clock,
            Consumer<EnvironmentId> changed) {
        this.client = client;
        this.offers = new AtomicReference<>(offers);
        this.account = account;
        this.resources = new Resources(client);
        this.secrets = secrets;
        this.observations = new Observations(digest, clock, changed);
        Consumer<String> changedIn = namespace -> observations
                .find(Ref.namespace(namespace))
                .ifPresent(observation -> changed.accept(observation.environment()));
        this.pods = new Pods(changedIn);
        this.brought = new BroughtWatch(client, digest, changedIn);
        this.delivered = new DeliveredWatch(client, hubId, changedIn);
        this.inventories = new Inventories(client, hubId);
        this.version = client.getKubernetesVersion().getGitVersion();
        this.uid = client.namespaces()
                .withName("kube-system")
                .require()
                .getMetadata()
                .getUid();
        this.allChanged = () -> inventories.environments().forEach(changed);
        this.apiServers = ApiServers.watch(client, allChanged);
        this.nodes = Nodes.watch(client, allChanged);
        this.podWatch = watchPods();
        this.kindWatches = new KindWatches(kind -> watch(kind, hubId), observations::forget);
        this.secretWatches = new SecretWatches(
                Set.of(Kind.SECRET),
                namespace -> watch(Kind.SECRET, hubId, namespace),
                namespace -> observations.forget(Kind.SECRET, namespace));
        this.foreign = new ForeignPolicies(
                resources,
                hubId,
                namespace -> observations.find(Ref.namespace(namespace)).map(Observation::environment),
                changed);
    }

    /**
     * Connects and waits until every watch has its first list.
     *
     * @param offers what the cluster has; a kind that it doesn't serve isn't watched, or the wait would never end
     */
    public static Connection open(
            KubernetesClient client,
            String hubId,
            OperatorAccount account,
            ClusterCapabilities offers,
            Digest digest,
            SecretReader secrets,
            Clock clock,
            Consumer<EnvironmentId> changed) {
        var connection = new Connection(client, hubId, account, offers, digest, secrets, clock, changed);
        try {
            connection.start();
            return connection;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void start() {
        OwnNamespace.ensure(client, Inventories.NAMESPACE);
        inventories.load();
        FirstLists.await(CompletableFuture.allOf(
                        kindWatches.only(everywhere(offers.get())),
                        podWatch.start().toCompletableFuture())
                .orTimeout(60, TimeUnit.SECONDS));
        // Not before it is known which namespaces are ours.
        FirstLists.await(foreign.watch(offers.get()).orTimeout(60, TimeUnit.SECONDS));
        FirstLists.await(delivered.start().orTimeout(60, TimeUnit.SECONDS));
        if (inSingleNamespaces(Kind.SECRET)) {
            secretWatches.start(inventories.all());
        }
        brought.start(inventories.all());
        apiServers.start();
        nodes.start();
    }

    /** Whether we may read a kind only where we have bound ourselves. */
    private boolean inSingleNamespaces(Kind kind) {
        return kind == Kind.SECRET && account.known();
    }

    /** The kinds that are watched in all namespaces at once. */
    private Set<Kind> everywhere(ClusterCapabilities now) {
        return Capabilities.served(now).stream()
                .filter(kind -> !inSingleNamespaces(kind))
                .collect(Collectors.toSet());
    }

    private SharedIndexInformer<?> watch(Kind kind, String hubId) {
        return watch(kind, hubId, resources.of(kind).inAnyNamespace());
    }

    private SharedIndexInformer<?> watch(Kind kind, String hubId, String namespace) {
        return watch(kind, hubId, resources.of(kind).inNamespace(namespace));
    }

    private SharedIndexInformer<?> watch(
            Kind kind,
            String hubId,
            FilterWatchListDeletable<
                            GenericKubernetesResource,
                            GenericKubernetesResourceList,
                            Resource<GenericKubernetesResource>>
                    objects) {
        return objects.withLabels(Map.of(Ownership.MANAGED_BY, Ownership.MANAGER, Ownership.HUB, hubId))
                // Ours too, but nobody's object: each write of an inventory would wake its environment.
                .withoutLabel(Inventories.LABEL)
                .withoutLabel(Ownership.VAULT)
                .runnableInformer(0)
                .removeNamespaceIndex()
                .itemStore(observations.store(kind))
                .exceptionHandler((_, _) -> true);
    }

    private SharedIndexInformer<?> watchPods() {
        return client.pods()
                .inAnyNamespace()
                .withLabelSelector(Pods.SELECTOR)
                .runnableInformer(0)
                .removeNamespaceIndex()
                .itemStore(pods)
                .exceptionHandler((_, _) -> true);
    }

    /** For what is no environment's. It sends no write when the right to write there is lost. */
    public KubernetesClient client() {
        return client;
    }

    public Capabilities capabilities() {
        return new Capabilities(version, apiServers.value(), nodes.value(), "cluster.local", account, offers.get());
    }

    /** Whether the cluster may have lost a kind, so that it should be asked again what it offers. */
    boolean isInDoubt() {
        return kindWatches.isInDoubt();
    }

    /**
     * What the cluster has now. Environments are looked at again if that is something else than before; but a kind that is
     * new there counts as served only when it is known what there is of it.
     */
    CompletableFuture<Void> offer(ClusterCapabilities now) {
        return CompletableFuture.allOf(kindWatches.only(everywhere(now)), foreign.watch(now))
                .thenRun(() -> {
                    if (!offers.getAndSet(now).equals(now)) {
                        allChanged.run();
                    }
                });
    }

    /** The UID of its {@code kube-system}: which cluster this is, whatever its address. */
    public String uid() {
        return uid;
    }

    /** How many objects of ours are seen, by kind. */
    public Map<String, Integer> watched() {
        var counts = new HashMap<>(observations.counts());
        counts.put("Pod", pods.size());
        return counts;
    }

    /** What is wrong with the pods of a workload, if anything is. */
    public Optional<String> podProblem(String namespace, String workload) {
        return pods.problem(namespace, workload);
    }

    /** The pods in some namespaces that are to be in the mesh and that it missed, each with its namespace. */
    public List<String> unmeshed(Collection<String> namespaces) {
        return namespaces.stream()
                .sorted()
                .flatMap(namespace -> pods.unmeshed(namespace).map(pod -> namespace + "/" + pod))
                .toList();
    }

    /** Of the pods of a workload that haven't ended: which secret values they started with. */
    public Set<String> secretWords(String namespace, String workload) {
        return pods.words(namespace, workload);
    }

    /** Of a Secret that another operator brought because we asked for it: data key → keyed hash of the value. */
    public Optional<Map<String, String>> broughtSecret(String namespace, String name) {
        return brought.find(namespace, name);
    }

    /** What others deliver into some namespaces, and want restarted with secret entries. */
    public List<Delivered> delivered(Collection<String> namespaces) {
        return delivered.in(namespaces);
    }

    /** Has the pods of one of them start anew with a word of ours, unless somebody else owns that word. */
    public void restart(Delivered one, String word) {
        delivered.restart(one, word);
    }

    @Override
    public Optional<Observation> observed(Ref ref) {
        return observations.find(ref);
    }

    @Override
    public List<Observation> owned(EnvironmentId environment) {
        return observations.owned(environment);
    }

    @Override
    public Optional<GenericKubernetesResource> get(Ref ref) {
        return Optional.ofNullable(resources.of(ref).get());
    }

    @Override
    public GenericKubernetesResource apply(Ref ref, GenericKubernetesResource desired, String manager, boolean force) {
        var patch = resources.of(ref, desired).fieldManager(manager);
        var answer = observations.write(ref, () -> {
            try {
                return (force ? patch.forceConflicts() : patch).serverSideApply();
            } catch (KubernetesClientException e) {
                kindWatches.refused(ref.kind(), e);
                throw e;
            }
        });
        if (inSingleNamespaces(ref.kind())) {
            secretWatches.wrote(ref);
        }
        brought.wrote(ref);
        return answer;
    }

    @Override
    public GenericKubernetesResource dryRun(Ref ref, GenericKubernetesResource desired, String manager) {
        return resources
                .of(ref, desired)
                .dryRun(true)
                .fieldManager(manager)
                .forceConflicts()
                .serverSideApply();
    }

    @Override
    public GenericKubernetesResource patch(Ref ref, List<Map<String, Object>> operations, boolean dryRun) {
        var context = new PatchContext.Builder()
                .withPatchType(PatchType.JSON)
                .withFieldManager(Ownership.MANAGER)
                .withDryRun(dryRun ? List.of("All") : List.of())
                .build();
        var patch = Serialization.asJson(operations);
        return dryRun
                ? resources.of(ref).patch(context, patch)
                : observations.write(ref, () -> resources.of(ref).patch(context, patch));
    }

    @Override
    public Optional<GenericKubernetesResource> delete(Ref ref, String uid) {
        var left = resources.delete(ref, uid);
        if (left.isEmpty()) {
            observations.removed(ref, uid);
        }
        return left;
    }

    @Override
    public List<GenericKubernetesResource> list(Kind kind, String namespace) {
        return resources.of(kind).inNamespace(namespace).list().getItems();
    }

    @Override
    public List<Pod> pods(String namespace) {
        return client.pods().inNamespace(namespace).list().getItems();
    }

    @Override
    public boolean holdsVolumeClaims(String namespace) {
        return !client.persistentVolumeClaims()
                .inNamespace(namespace)
                .list(new ListOptionsBuilder().withLimit(1L).build())
                .getItems()
                .isEmpty();
    }

    /** What others have put into these namespaces, of what says who may talk to whom. */
    public ForeignObjects foreign(Collection<String> namespaces) {
        return foreign.in(namespaces);
    }

    /** The Services of which somebody else has put a ServiceProfile into these namespaces, by their full names. */
    public Set<String> profiled(Collection<String> namespaces) {
        return foreign.profiled(namespaces);
    }

    @Override
    public Inventory inventory(EnvironmentId environment) {
        return inventories.find(environment);
    }

    @Override
    public void store(EnvironmentId environment, Inventory inventory) {
        inventories.store(environment, inventory);
        if (inSingleNamespaces(Kind.SECRET)) {
            secretWatches.holds(environment, inventory);
        }
        brought.holds(environment, inventory);
    }

    @Override
    public Map<String, String> secretData(EnvironmentId environment, Entry.SecretEntry entry) {
        return secrets.read(environment.namespace(), entry.sources());
    }

    @Override
    public void close() {
        kindWatches.close();
        podWatch.close();
        secretWatches.close();
        brought.close();
        delivered.close();
        foreign.close();
        apiServers.close();
        nodes.close();
    }
}
