package dev.bulkhead.faults.crash;

import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Hub namespaces, as many as there are cases. Their names have no dash, so that a target namespace says whose it is. */
final class Hubs implements AutoCloseable {

    private static final List<String> KINDS =
            List.of("Environment", "Workload", "NetworkPolicySet", "SecretScope", "Operation");

    private final TestCluster cluster;
    private final List<TestNamespace> made = new ArrayList<>();

    Hubs(TestCluster cluster) {
        this.cluster = cluster;
    }

    /** Whose a namespace is: the hub namespace's own name, one of its environments' namespaces, or its vault. */
    static String of(String namespace) {
        return namespace.replaceFirst("^bulkhead-vault-", "").split("-", 2)[0];
    }

    TestNamespace make() {
        var name = "k" + Integer.toString(ThreadLocalRandom.current().nextInt(1 << 26, 1 << 30), 36);
        var hub = cluster.hub(name);
        made.add(hub);
        return hub;
    }

    /** No operator is there any more to take anything down, so it goes by hand. */
    @Override
    public void close() {
        var client = cluster.client();
        for (var hub : made) {
            for (var kind : KINDS) {
                client.genericKubernetesResources("bulkhead.dev/v1alpha1", kind)
                        .inNamespace(hub.name())
                        .list()
                        .getItems()
                        .forEach(object -> {
                            if (!object.getMetadata().getFinalizers().isEmpty()) {
                                cluster.patch(
                                        kind,
                                        hub.of(object.getMetadata().getName()),
                                        "{\"metadata\":{\"finalizers\":null}}");
                            }
                        });
            }
            client.genericKubernetesResources("bulkhead.dev/v1alpha1", "EnvironmentClass")
                    .withName(hub.name())
                    .delete();
            client.configMaps()
                    .inNamespace("bulkhead-system")
                    .withLabel("bulkhead.dev/hub-namespace", hub.name())
                    .delete();
        }
        client.namespaces().list().getItems().stream()
                .map(namespace -> namespace.getMetadata().getName())
                .filter(name -> made.stream().anyMatch(hub -> of(name).equals(hub.name())))
                .forEach(name -> client.namespaces().withName(name).delete());
    }
}
