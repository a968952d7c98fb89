package dev.bulkhead.cluster;

import dev.bulkhead.api.v1alpha1.ClusterCapabilities;
import dev.bulkhead.apply.EnvironmentId;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ReducedStateItemStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ServiceProfiles of a cluster, by their names alone: that there is one is enough to make Linkerd pass over what we say
 * about its Service. We never write any.
 */
final class ServiceProfiles implements AutoCloseable {

    /** Where Linkerd is. */
    static final List<Right> RIGHTS =
            Right.of("linkerd.io", "serviceprofiles", "list", "watch").toList();

    private static final String API_VERSION = "linkerd.io/v1alpha2";
    private static final String KIND = "ServiceProfile";

    private final KubernetesClient client;
    private final Function<String, Optional<EnvironmentId>> owner;
    private final Consumer<EnvironmentId> changed;
    private @Nullable SharedIndexInformer<GenericKubernetesResource> watch;
    private CompletableFuture<Void> begun = CompletableFuture.completedFuture(null);
    private boolean closed;

    /**
     * @param owner whose a namespace is
     * @param changed told which environment has to look again
     */
    ServiceProfiles(
            KubernetesClient client, Function<String, Optional<EnvironmentId>> owner, Consumer<EnvironmentId> changed) {
        this.client = client;
        this.owner = owner;
        this.changed = changed;
    }

    /**
     * Watches them where a cluster serves them.
     *
     * @return done when it is known what there is
     */
    synchronized CompletableFuture<Void> watch(ClusterCapabilities offers) {
        var served = offers.serves(API_VERSION, KIND);
        if (watch != null && !served) {
            watch.close();
            watch = null;
            begun = CompletableFuture.completedFuture(null);
        } else if (watch == null && served && !closed) {
            watch = informer();
            begun = watch.start().toCompletableFuture();
        }
        return begun;
    }

    private SharedIndexInformer<GenericKubernetesResource> informer() {
        return client.genericKubernetesResources(API_VERSION, KIND)
                .inAnyNamespace()
                .runnableInformer(0)
                .itemStore(new ReducedStateItemStore<>(
                        ReducedStateItemStore.NAME_KEY_STATE,
                        GenericKubernetesResource.class,
                        client.getKubernetesSerialization()))
                .addEventHandler(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(GenericKubernetesResource profile) {
                        tell(profile);
                    }

                    @Override
                    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource now) {
                        // It's there, whatever it says.
                    }

                    @Override
                    public void onDelete(GenericKubernetesResource profile, boolean unseen) {
                        tell(profile);
                    }
                })
                .exceptionHandler((_, _) -> true);
    }

    private void tell(GenericKubernetesResource profile) {
        owner.apply(profile.getMetadata().getNamespace()).ifPresent(changed);
    }

    /** Those in a namespace, by name, with nothing else on them. */
    synchronized Stream<GenericKubernetesResource> in(String namespace) {
        return watch == null
                ? Stream.empty()
                : watch.getIndexer().byIndex(Cache.NAMESPACE_INDEX, namespace).stream()
                        .map(profile -> profile.getMetadata().getName())
                        // Always the same, or the same would be news.
                        .sorted()
                        .map(name -> new GenericKubernetesResourceBuilder()
                                .withApiVersion(API_VERSION)
                                .withKind(KIND)
                                .withNewMetadata()
                                .withNamespace(namespace)
                                .withName(name)
                                .endMetadata()
                                .build());
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (watch != null) {
            watch.close();
        }
    }
}
