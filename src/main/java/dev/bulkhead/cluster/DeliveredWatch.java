package dev.bulkhead.cluster;

import dev.bulkhead.apply.Ownership;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What others deliver into namespaces of ours, and ask us to restart with secret entries. */
final class DeliveredWatch implements AutoCloseable {

    static final String API = "apps/v1";

    /** Owns nothing but the one annotation that we write, so that we get in nobody's way. */
    private static final String MANAGER = "bulkhead-restarts";

    private static final List<String> KINDS = List.of("Deployment", "StatefulSet", "DaemonSet");

    private final KubernetesClient client;
    private final String hubId;
    private final Map<String, DeliveredStore> stores;
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();

    /** @param changed told in which namespace there is news */
    DeliveredWatch(KubernetesClient client, String hubId, Consumer<String> changed) {
        this.client = client;
        this.hubId = hubId;
        this.stores = KINDS.stream().collect(Collectors.toMap(kind -> kind, kind -> new DeliveredStore(kind, changed)));
    }

    /** @return done when it is known what there is; of a kind that we may not see, nothing ever is */
    CompletableFuture<Void> start() {
        for (var kind : KINDS) {
            if (maySee(kind)) {
                informers.add(of(kind).inAnyNamespace()
                        .withLabelNotIn(Ownership.HUB, hubId)
                        .runnableInformer(0)
                        .removeNamespaceIndex()
                        .itemStore(stores.get(kind))
                        .exceptionHandler((_, _) -> true));
            }
        }
        return CompletableFuture.allOf(informers.stream()
                .map(informer -> informer.start().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    /** The rights in a target may be those of an older version of us, and the wait for a first list would never end. */
    private boolean maySee(String kind) {
        try {
            of(kind).inAnyNamespace()
                    .list(new ListOptionsBuilder().withLimit(1L).build());
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == 403) {
                return false;
            }
            throw e;
        }
    }

    private MixedOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            of(String kind) {
        return client.genericKubernetesResources(API, kind);
    }

    /** What there is in some namespaces, in a fixed order. */
    List<Delivered> in(Collection<String> namespaces) {
        var all = new TreeMap<String, Delivered>();
        stores.values().forEach(store -> namespaces.stream().flatMap(store::in).forEach(it -> all.put(it.title(), it)));
        return List.copyOf(all.values());
    }

    /** Has its pods start anew with a word of ours, unless somebody else owns that word. */
    void restart(Delivered delivered, String word) {
        var patch = new GenericKubernetesResourceBuilder()
                .withApiVersion(API)
                .withKind(delivered.kind())
                .withNewMetadata()
                .withNamespace(delivered.namespace())
                .withName(delivered.name())
                .withUid(delivered.uid())
                .endMetadata()
                .addToAdditionalProperties(
                        "spec",
                        Map.of("template", Map.of("metadata", Map.of("annotations", Map.of(Delivered.WORD, word)))))
                .build();
        var answer = of(delivered.kind())
                .inNamespace(delivered.namespace())
                .resource(patch)
                .fieldManager(MANAGER)
                .serverSideApply();
        // Before the watch tells, or the next look would find it as it was.
        var store = stores.get(delivered.kind());
        store.put(store.getKey(answer), answer);
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
    }
}
