package dev.bulkhead.cluster;

import dev.bulkhead.apply.Ownership;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** A namespace that the operator keeps its own things in: made when it isn't there, else left as it is. */
public final class OwnNamespace {

    /** Which hub this is, where the policies of the chart can read it: they let us write it once. */
    public static final String HUB_ID = "bulkhead.dev/hub-id";

    /** On the ConfigMaps in it that say what an environment has in this cluster. */
    public static final String INVENTORY = "bulkhead.dev/inventory";

    /** The ConfigMap and the Secret in it by which a hub knows what is its own. */
    public static final String IDENTITY = "bulkhead-hub";

    /** In that ConfigMap: which hub it is. */
    public static final String ID = "id";

    /** In that Secret: the key of digests. */
    public static final String DIGEST_KEY = "digest-key";

    private OwnNamespace() {}

    public static void ensure(KubernetesClient client, String name) {
        if (client.namespaces().withName(name).get() == null) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .fieldManager(Ownership.MANAGER)
                    .serverSideApply();
        }
    }

    /** Says on the namespace which hub lives in it, if nothing says so yet. */
    public static void mark(KubernetesClient client, String name, String hubId) {
        var annotations =
                client.namespaces().withName(name).require().getMetadata().getAnnotations();
        if (annotations == null || !hubId.equals(annotations.get(HUB_ID))) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .addToAnnotations(HUB_ID, hubId)
                            .endMetadata()
                            .build())
                    .fieldManager(Ownership.MANAGER)
                    .forceConflicts()
                    .serverSideApply();
        }
    }
}
