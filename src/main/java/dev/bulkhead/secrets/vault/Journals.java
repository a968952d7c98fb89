package dev.bulkhead.secrets.vault;

import dev.bulkhead.apply.EnvironmentId;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The journals, a ConfigMap for each environment, each stored only in the place of the one that it follows from. */
final class Journals {

    private final KubernetesClient client;
    private final String hubId;
    private final Premises premises;

    Journals(KubernetesClient client, String hubId, Premises premises) {
        this.client = client;
        this.hubId = hubId;
        this.premises = premises;
    }

    Journal read(EnvironmentId id) {
        return find(id).map(it -> JournalText.read(id, it)).orElseGet(() -> Journal.empty(id));
    }

    private Optional<ConfigMap> find(EnvironmentId id) {
        var found = Optional.ofNullable(at(id).get());
        found.ifPresent(it -> {
            var labels = Optional.ofNullable(it.getMetadata().getLabels()).orElse(Map.of());
            if (!labels.entrySet()
                    .containsAll(VaultLabels.ofEnvironment(hubId, id).entrySet())) {
                throw new VaultRefused(
                        "ConfigMap %s/%s has the name of the journal of environment %s of hub %s, and not its labels. Delete it if it isn't Bulkhead's"
                                .formatted(
                                        it.getMetadata().getNamespace(),
                                        it.getMetadata().getName(),
                                        id,
                                        hubId));
            }
        });
        return found;
    }

    private Resource<ConfigMap> at(EnvironmentId id) {
        return client.configMaps()
                .inNamespace(VaultNames.namespace(id.namespace()))
                .withName(VaultNames.journal(id));
    }

    Journal store(Journal journal) {
        var id = journal.environment();
        var data = JournalText.write(journal);
        try {
            var stored = journal.resourceVersion().isEmpty()
                    ? premises.write(id.namespace(), () -> create(id, data))
                    : replace(journal, data);
            return journal.at(stored.getMetadata().getResourceVersion());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return unlessItIsOurs(journal, data);
            }
            throw e;
        }
    }

    private ConfigMap create(EnvironmentId id, Map<String, String> data) {
        return client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(VaultNames.namespace(id.namespace()))
                        .withName(VaultNames.journal(id))
                        .withLabels(VaultLabels.ofEnvironment(hubId, id))
                        .endMetadata()
                        .withData(data)
                        .build())
                .create();
    }

    /** As a patch, for which we have the right everywhere. The API server refuses it if the version is another by now. */
    private ConfigMap replace(Journal journal, Map<String, String> data) {
        var patch = Serialization.asJson(List.of(
                Map.of("op", "replace", "path", "/metadata/resourceVersion", "value", journal.resourceVersion()),
                Map.of("op", "replace", "path", "/data", "value", data)));
        return at(journal.environment())
                .patch(new PatchContext.Builder().withPatchType(PatchType.JSON).build(), patch);
    }

    /** A request that is sent again meets what it did the first time. */
    private Journal unlessItIsOurs(Journal journal, Map<String, String> data) {
        return find(journal.environment())
                .filter(it -> data.equals(it.getData()))
                .map(it -> journal.at(it.getMetadata().getResourceVersion()))
                .orElseThrow(() -> new Outdated(
                        "The journal of environment %s was changed by somebody else, or is gone. It is read again"
                                .formatted(journal.environment())));
    }

    void delete(EnvironmentId id) {
        if (find(id).isPresent()) {
            at(id).delete();
        }
    }
}
