package dev.bulkhead.runtime;

import dev.bulkhead.api.v1alpha1.CustomResources;
import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.environment.Retreat;
import dev.bulkhead.status.Patience;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Asks the hub's API server whether our definitions and a hub namespace are there, and are to stay. */
final class HubRetreat implements Retreat {

    private final KubernetesClient client;
    private final Clock clock;

    HubRetreat(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    @Override
    public Optional<String> reason(String hubNamespace) {
        return going(
                        "Namespace " + hubNamespace,
                        client.namespaces().withName(hubNamespace).get())
                .or(() -> CustomResources.definitions()
                        .flatMap(it -> going("CustomResourceDefinition " + it, definition(it)).stream())
                        .findFirst());
    }

    private static Optional<String> going(String name, HasMetadata found) {
        if (found == null) {
            return Optional.of(name + " isn't there");
        }
        return found.getMetadata().getDeletionTimestamp() == null
                ? Optional.empty()
                : Optional.of(name + " is being deleted");
    }

    @Override
    public Optional<String> unsettled(Environment environment) {
        var since = Instant.parse(environment.getMetadata().getCreationTimestamp());
        return CustomResources.definitions()
                .map(this::definition)
                .filter(it -> it != null)
                .filter(it -> made(it).isAfter(since))
                .filter(it -> made(it).plus(Patience.LIMIT).isAfter(clock.instant()))
                .map(it ->
                        "CustomResourceDefinition %s was put back at %s, and what was written in its kind may still come"
                                .formatted(it.getMetadata().getName(), made(it)))
                .findFirst();
    }

    private static Instant made(HasMetadata definition) {
        return Instant.parse(definition.getMetadata().getCreationTimestamp());
    }

    private HasMetadata definition(String name) {
        return client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(name)
                .get();
    }
}
