package dev.bulkhead.cluster;

import dev.bulkhead.apply.Ownership;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** A namespace that the operator keeps its own things in: made when it isn't there, else left as it is. */
public final class OwnNamespace {

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
}
