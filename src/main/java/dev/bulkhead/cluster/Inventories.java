package dev.bulkhead.cluster;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Inventory;
import dev.bulkhead.apply.Ownership;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The inventories of one target: a ConfigMap per environment in its {@code bulkhead-system}. Read once; from then on
 * this process is the only writer, and a write that finds another's version reads again and fails.
 */
final class Inventories {

    static final String NAMESPACE = "bulkhead-system";
    static final String LABEL = OwnNamespace.INVENTORY;
    private static final String OBJECTS = "objects";
    private static final String ADOPTIONS = "adoptions";

    private final KubernetesClient client;
    private final String hubId;
    private final Map<EnvironmentId, Stored> stored = new ConcurrentHashMap<>();

    /** @param resourceVersion empty while there is no ConfigMap */
    private record Stored(Inventory inventory, String resourceVersion) {}

    Inventories(KubernetesClient client, String hubId) {
        this.client = client;
        this.hubId = hubId;
    }

    java.util.Set<EnvironmentId> environments() {
        return java.util.Set.copyOf(stored.keySet());
    }

    Map<EnvironmentId, Inventory> all() {
        return stored.entrySet().stream()
                .collect(java.util.stream.Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, it -> it.getValue().inventory()));
    }

    void load() {
        client.configMaps()
                .inNamespace(NAMESPACE)
                .withLabels(Map.of(LABEL, "true", Ownership.HUB, hubId))
                .list()
                .getItems()
                .forEach(this::remember);
    }

    Inventory find(EnvironmentId environment) {
        return Optional.ofNullable(stored.get(environment))
                .map(Stored::inventory)
                .orElse(Inventory.EMPTY);
    }

    void store(EnvironmentId environment, Inventory inventory) {
        var before = stored.get(environment);
        if (inventory.held().isEmpty()) {
            if (before != null) {
                client.configMaps()
                        .inNamespace(NAMESPACE)
                        .withName(name(environment))
                        .delete();
                stored.remove(environment);
            }
            return;
        }
        var map = render(environment, inventory);
        try {
            if (before == null) {
                remember(client.resource(map).create());
            } else {
                map.getMetadata().setResourceVersion(before.resourceVersion);
                remember(client.resource(map).update());
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() == 409 || e.getCode() == 404) {
                reload(environment);
            }
            throw e;
        }
    }

    private void reload(EnvironmentId environment) {
        stored.remove(environment);
        Optional.ofNullable(client.configMaps()
                        .inNamespace(NAMESPACE)
                        .withName(name(environment))
                        .get())
                .ifPresent(this::remember);
    }

    private void remember(ConfigMap map) {
        var labels = map.getMetadata().getLabels();
        var environment = new EnvironmentId(labels.get(Ownership.HUB_NAMESPACE), labels.get(Ownership.ENVIRONMENT));
        var data = Optional.ofNullable(map.getData()).orElse(Map.of());
        stored.put(
                environment,
                new Stored(
                        InventoryText.read(
                                        data.getOrDefault(OBJECTS, ""),
                                        data.getOrDefault(ADOPTIONS, ""),
                                        map.getMetadata().getName())
                                .ownedBy(owner(map)),
                        map.getMetadata().getResourceVersion()));
    }

    private static String owner(ConfigMap map) {
        return Optional.ofNullable(map.getMetadata().getAnnotations())
                .orElse(Map.of())
                .getOrDefault(Ownership.UID, "");
    }

    private ConfigMap render(EnvironmentId environment, Inventory inventory) {
        var labels = new TreeMap<>(new Ownership(hubId, environment, "").labels());
        labels.put(LABEL, "true");
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name(environment))
                .withLabels(labels)
                .withAnnotations(inventory.owner().isEmpty() ? Map.of() : Map.of(Ownership.UID, inventory.owner()))
                .endMetadata()
                .withData(data(inventory))
                .build();
    }

    private static Map<String, String> data(Inventory inventory) {
        var objects = InventoryText.write(inventory);
        return inventory.adoptions().byRef().isEmpty()
                ? Map.of(OBJECTS, objects)
                : Map.of(OBJECTS, objects, ADOPTIONS, InventoryText.adoptions(inventory));
    }

    private String name(EnvironmentId environment) {
        try {
            var hash = MessageDigest.getInstance("SHA-256")
                    .digest((hubId + "/" + environment).getBytes(StandardCharsets.UTF_8));
            return "inventory-" + HexFormat.of().formatHex(hash, 0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The JDK has no SHA-256", e);
        }
    }
}
