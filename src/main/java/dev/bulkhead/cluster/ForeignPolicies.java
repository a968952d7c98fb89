package dev.bulkhead.cluster;

import dev.bulkhead.api.v1alpha1.ClusterCapabilities;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Ownership;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What isn't ours and says who may talk to whom: a policy that somebody else puts into a namespace of ours opens or closes
 * what nobody asked us for.
 *
 * <p>Of objects in other namespaces only the names are kept. When a namespace becomes ours that has some already, as one
 * that is adopted does, they are read once, by name.
 */
final class ForeignPolicies implements AutoCloseable {

    private static final Set<Kind> KINDS = Set.of(
            Kind.NETWORK_POLICY,
            Kind.SERVER,
            Kind.MESH_TLS_AUTHENTICATION,
            Kind.NETWORK_AUTHENTICATION,
            Kind.AUTHORIZATION_POLICY,
            Kind.HTTP_ROUTE);

    private final Resources resources;
    private final String hubId;
    private final Map<Kind, ForeignStore> stores = new EnumMap<>(Kind.class);
    private final KindWatches watches;
    private final ServiceProfiles profiles;

    /**
     * @param owner whose a namespace is
     * @param changed told which environment has to look again
     */
    ForeignPolicies(
            Resources resources,
            String hubId,
            Function<String, Optional<EnvironmentId>> owner,
            Consumer<EnvironmentId> changed) {
        this.resources = resources;
        this.hubId = hubId;
        var serialization = resources.client().getKubernetesSerialization();
        KINDS.forEach(kind -> stores.put(
                kind,
                new ForeignStore(
                        kind,
                        serialization,
                        owner,
                        ref -> Optional.ofNullable(resources.of(ref).get()),
                        changed)));
        this.watches = new KindWatches(this::watch, kind -> stores.get(kind).clear());
        this.profiles = new ServiceProfiles(resources.client(), owner, changed);
    }

    /**
     * Watches what a cluster serves of it. What is there already counts as somebody's only if the namespaces that are ours
     * are known before.
     *
     * @return done when it is known what there is
     */
    CompletableFuture<Void> watch(ClusterCapabilities offers) {
        return CompletableFuture.allOf(
                watches.only(Capabilities.served(offers).stream()
                        .filter(KINDS::contains)
                        .collect(Collectors.toSet())),
                profiles.watch(offers));
    }

    private SharedIndexInformer<?> watch(Kind kind) {
        return resources
                .of(kind)
                .inAnyNamespace()
                .withLabelNotIn(Ownership.HUB, hubId)
                .runnableInformer(0)
                .removeNamespaceIndex()
                .itemStore(stores.get(kind))
                .exceptionHandler((_, _) -> true);
    }

    /** What there is in some namespaces of ours. */
    ForeignObjects in(Collection<String> namespaces) {
        var objects = new ArrayList<HasMetadata>();
        var unseen = EnumSet.noneOf(Kind.class);
        unseen.addAll(watches.pending());
        stores.forEach((kind, store) -> {
            try {
                namespaces.forEach(namespace -> store.objects(namespace).forEach(objects::add));
            } catch (KubernetesClientException e) {
                unseen.add(kind);
            }
        });
        namespaces.forEach(namespace -> profiles.in(namespace).forEach(objects::add));
        return new ForeignObjects(objects, unseen);
    }

    /** The names of the ServiceProfiles in some namespaces. Each is that of a Service, with its namespace and domain. */
    Set<String> profiled(Collection<String> namespaces) {
        return namespaces.stream()
                .flatMap(profiles::in)
                .map(profile -> profile.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        watches.close();
        profiles.close();
    }
}
