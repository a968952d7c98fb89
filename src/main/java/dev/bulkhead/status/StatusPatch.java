package dev.bulkhead.status;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;

/** What a status is written with: a new object that holds the status and nothing else, as server-side apply wants it. */
public final class StatusPatch {

    private StatusPatch() {}

    public static <R extends CustomResource<?, S>, S> R of(R blank, R resource, S status) {
        blank.setMetadata(new ObjectMetaBuilder()
                .withNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .build());
        blank.setStatus(status);
        return blank;
    }
}
