package dev.bulkhead.secrets.escrow;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Unquoted;
import dev.bulkhead.cluster.OperatorAccount;
import dev.bulkhead.cluster.OwnNamespace;
import dev.bulkhead.secrets.vault.Journal;
import dev.bulkhead.secrets.vault.JournalText;
import dev.bulkhead.secrets.vault.Premises;
import dev.bulkhead.secrets.vault.VaultLabels;
import dev.bulkhead.secrets.vault.VaultNames;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The vaults of a hub, all at once: as somebody reads and writes them who may read and write all of it. */
public final class EscrowHub {

    /** A rotation has to fall between two looks each time, for all of them to see something else. */
    private static final int LOOKS = 10;

    private final KubernetesClient client;
    private final String hubId;

    public EscrowHub(KubernetesClient client, String hubId) {
        this.client = client;
        this.hubId = hubId;
    }

    public List<EscrowItem> items() {
        return client
                .namespaces()
                .withLabels(Map.of(Ownership.VAULT, "true", Ownership.HUB, hubId))
                .list()
                .getItems()
                .stream()
                .flatMap(namespace -> vault(namespace.getMetadata().getName()).stream())
                .toList();
    }

    /** As it was at one moment: between two looks at the journals that show the same, no rotation took a step. */
    private List<EscrowItem> vault(String namespace) {
        var journals = journals(namespace);
        for (var look = 0; look < LOOKS; look++) {
            var versions = versions(namespace);
            var now = journals(namespace);
            if (now.equals(journals)) {
                var all = new ArrayList<>(journals);
                all.addAll(versions);
                return all;
            }
            journals = now;
        }
        throw new EscrowRefused(
                "the vault in namespace %s changes all the time: secrets of it are being rotated. Try again in some minutes"
                        .formatted(namespace));
    }

    private List<EscrowItem> journals(String namespace) {
        return client
                .configMaps()
                .inNamespace(namespace)
                .withLabels(Map.of(Ownership.VAULT, "true", Ownership.HUB, hubId))
                .list()
                .getItems()
                .stream()
                .map(it -> item(it.getMetadata(), it.getData()))
                .toList();
    }

    private List<EscrowItem> versions(String namespace) {
        return client
                .secrets()
                .inNamespace(namespace)
                .withLabels(Map.of(Ownership.VAULT, "true", Ownership.HUB, hubId))
                .withLabel(VaultLabels.VERSION)
                .list()
                .getItems()
                .stream()
                .map(it -> item(it.getMetadata(), it.getData()))
                .toList();
    }

    private static EscrowItem item(ObjectMeta metadata, Map<String, String> data) {
        var labels = new TreeMap<>(metadata.getLabels());
        var annotations =
                new TreeMap<>(Optional.ofNullable(metadata.getAnnotations()).orElse(Map.of()));
        annotations.keySet().removeIf(key -> !Ownership.isOurs(key));
        return new EscrowItem(
                labels.getOrDefault(Ownership.HUB_NAMESPACE, ""),
                labels.getOrDefault(Ownership.ENVIRONMENT, ""),
                labels.getOrDefault(VaultLabels.ENTRY, ""),
                Integer.parseInt(labels.getOrDefault(VaultLabels.VERSION, "0")),
                metadata.getName(),
                labels,
                annotations,
                new TreeMap<>(Optional.ofNullable(data).orElse(Map.of())));
    }

    /** The key of the digests, if the hub has one yet. */
    public static Optional<String> digestKey(KubernetesClient client, String namespace) {
        return Optional.ofNullable(client.secrets()
                        .inNamespace(namespace)
                        .withName(OwnNamespace.IDENTITY)
                        .get())
                .map(Secret::getData)
                .map(data -> data.get(OwnNamespace.DIGEST_KEY));
    }

    public static Journal journal(EscrowItem item) {
        return JournalText.read(new EnvironmentId(item.hubNamespace(), item.environment()), (ConfigMap) object(item));
    }

    /** Versions before journals: what a journal names is there when it is there. */
    public void make(List<EscrowItem> items) {
        var premises = new Premises(client, hubId, OperatorAccount.NONE);
        items.stream().filter(it -> !it.isJournal()).forEach(it -> make(premises, it));
        items.stream().filter(EscrowItem::isJournal).forEach(it -> make(premises, it));
    }

    private void make(Premises premises, EscrowItem item) {
        try {
            premises.write(
                    item.hubNamespace(), () -> client.resource(object(item)).create());
        } catch (KubernetesClientException e) {
            throw new EscrowRefused("%s could not be made: %s. What was made before it stays; import it again"
                    .formatted(item, Unquoted.reason(e)));
        }
    }

    private static HasMetadata object(EscrowItem item) {
        var metadata = new ObjectMetaBuilder()
                .withNamespace(VaultNames.namespace(item.hubNamespace()))
                .withName(item.name())
                .withLabels(item.labels())
                .withAnnotations(item.annotations())
                .build();
        return item.isJournal()
                ? new ConfigMapBuilder()
                        .withMetadata(metadata)
                        .withData(item.data())
                        .build()
                : new SecretBuilder()
                        .withMetadata(metadata)
                        .withType("Opaque")
                        .withImmutable(true)
                        .withData(item.data())
                        .build();
    }
}
