package dev.bulkhead.secrets.escrow;

import dev.bulkhead.apply.Ownership;
import dev.bulkhead.cluster.OwnNamespace;
import dev.bulkhead.secrets.escrow.Restoration.Step;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.util.Map;
import java.util.Optional;

/**
 * Which hub this is, and the key of its digests. An operator that has started on a wiped cluster has made itself others:
 * they are replaced as long as it has done nothing by them.
 */
public final class HubRestoration {

    private static final String WHAT = "the hub's id and the key of its digests";

    private final KubernetesClient client;
    private final String namespace;

    /** @param namespace the operator's own */
    public HubRestoration(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** What would become of it. */
    public Step look(EscrowContents contents) {
        var id = id();
        var key = EscrowHub.digestKey(client, namespace);
        if (id.filter(it -> !it.equals(contents.hubId())).isPresent()) {
            return hasVaults(id.get()) || hasInventories(id.get())
                    ? new Step.Refused(
                            WHAT,
                            "this hub is %s and looks after environments already, and the copy is of hub %s. Import it where nothing has been applied yet"
                                    .formatted(id.get(), contents.hubId()))
                    : new Step.Identify(WHAT);
        }
        if (id.isEmpty() || key.isEmpty()) {
            return new Step.Identify(WHAT);
        }
        if (key.get().equals(contents.digestKey())) {
            return new Step.Same(WHAT);
        }
        return hasVaults(id.get())
                ? new Step.Left(WHAT, "the hub keeps secrets by another key since, and stays with it")
                : new Step.Identify(WHAT);
    }

    private Optional<String> id() {
        return Optional.ofNullable(client.namespaces().withName(namespace).get())
                .map(HasMetadata::getMetadata)
                .map(ObjectMeta::getAnnotations)
                .map(it -> it.get(OwnNamespace.HUB_ID));
    }

    private boolean hasVaults(String id) {
        return !client.namespaces()
                .withLabels(Map.of(Ownership.VAULT, "true", Ownership.HUB, id))
                .list()
                .getItems()
                .isEmpty();
    }

    private boolean hasInventories(String id) {
        return !client.configMaps()
                .inNamespace(namespace)
                .withLabels(Map.of(OwnNamespace.INVENTORY, "true", Ownership.HUB, id))
                .list()
                .getItems()
                .isEmpty();
    }

    public void identify(EscrowContents contents) {
        OwnNamespace.ensure(client, namespace);
        client.resource(new ConfigMapBuilder()
                        .withMetadata(metadata())
                        .withData(Map.of(OwnNamespace.ID, contents.hubId()))
                        .build())
                .createOr(NonDeletingOperation::update);
        client.resource(new SecretBuilder()
                        .withMetadata(metadata())
                        .withData(Map.of(OwnNamespace.DIGEST_KEY, contents.digestKey()))
                        .build())
                .createOr(NonDeletingOperation::update);
        OwnNamespace.mark(client, namespace, contents.hubId());
    }

    private ObjectMeta metadata() {
        var metadata = new ObjectMeta();
        metadata.setNamespace(namespace);
        metadata.setName(OwnNamespace.IDENTITY);
        return metadata;
    }
}
