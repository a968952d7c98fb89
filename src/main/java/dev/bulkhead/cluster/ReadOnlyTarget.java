package dev.bulkhead.cluster;

import dev.bulkhead.apply.Adoptions;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.cluster.capability.CapabilityReading;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A target that is asked, and never written to: for whoever looks at it from outside of the operator. */
public final class ReadOnlyTarget {

    private final KubernetesClient client;
    private final Resources resources;
    private final String hubId;

    public ReadOnlyTarget(KubernetesClient client, String hubId) {
        this.client = client;
        this.resources = new Resources(client);
        this.hubId = hubId;
    }

    /** Who the operator is there can't be told from outside. */
    public Capabilities capabilities() {
        return capabilities(client);
    }

    public static Capabilities capabilities(KubernetesClient client) {
        var version = client.getKubernetesVersion().getGitVersion();
        return new Capabilities(
                version,
                ApiServers.addresses(client),
                Nodes.addresses(client),
                "cluster.local",
                OperatorAccount.NONE,
                CapabilityReading.of(client, version));
    }

    /** What an environment has adopted there, by its inventory. */
    public Adoptions adoptions(EnvironmentId environment) {
        var inventories = new Inventories(client, hubId);
        inventories.load();
        return inventories.find(environment).adoptions();
    }

    /** Everything that carries an environment's labels, but for what we keep of it ourselves. */
    public List<GenericKubernetesResource> owned(Ownership ownership) {
        return Arrays.stream(Kind.values()).flatMap(it -> owned(it, ownership)).toList();
    }

    private Stream<GenericKubernetesResource> owned(Kind kind, Ownership ownership) {
        try {
            return resources
                    .of(kind)
                    .inAnyNamespace()
                    .withLabels(ownership.labels())
                    .withoutLabel(Inventories.LABEL)
                    .withoutLabel(Ownership.VAULT)
                    .list()
                    .getItems()
                    .stream();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Stream.empty();
            }
            throw e;
        }
    }

    public Optional<GenericKubernetesResource> get(Ref ref) {
        return Optional.ofNullable(resources.of(ref).get());
    }

    /** What an object would be if it were applied. The API server says it, and keeps nothing. */
    public GenericKubernetesResource tried(Ref ref, GenericKubernetesResource desired) {
        return resources
                .of(ref, desired)
                .dryRun(true)
                .fieldManager(Ownership.MANAGER)
                .forceConflicts()
                .serverSideApply();
    }
}
