package dev.bulkhead.contributor;

import dev.bulkhead.apply.Ownership;
import dev.bulkhead.status.StatusPatch;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Writes the statuses of one kind: one server-side apply, and only when something changed.
 *
 * <p>A cache lags behind our own writes. Comparing with what it holds would take a status for written that was
 * overwritten a moment ago, and nobody would come back to it. So the answer to a write stands in for the cache until
 * that has caught up.
 *
 * @param <R> the kind
 * @param <S> its status
 */
public final class Statuses<R extends CustomResource<?, S>, S> {

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(Ownership.MANAGER)
            .withForce(true)
            .build();

    private final Supplier<R> blank;
    private final Map<String, Written<S>> written = new ConcurrentHashMap<>();

    private record Written<S>(S status, long resourceVersion) {}

    /** @param blank makes a resource with nothing in it */
    public Statuses(Supplier<R> blank) {
        this.blank = blank;
    }

    /** Gives a resource the status that it has, our last write included. The resource is the caller's own copy. */
    public R refresh(R cached) {
        cached.setStatus(find(cached).orElse(null));
        return cached;
    }

    private Optional<S> find(R cached) {
        var own = written.computeIfPresent(
                uid(cached), (_, it) -> it.resourceVersion <= resourceVersion(cached) ? null : it);
        return own == null ? Optional.ofNullable(cached.getStatus()) : Optional.of(own.status);
    }

    /** Writes a status unless the resource has it. */
    public void write(KubernetesClient client, R cached, S status) {
        if (find(cached).filter(status::equals).isPresent()) {
            return;
        }
        try {
            var answer = client.resource(StatusPatch.of(blank.get(), cached, status))
                    .subresource("status")
                    .patch(APPLY);
            written.put(uid(cached), new Written<>(status, resourceVersion(answer)));
        } catch (KubernetesClientException e) {
            // Deleted since it was cached: there is nobody left to tell.
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    /** The resource is gone. */
    public void forget(R resource) {
        written.remove(uid(resource));
    }

    private String uid(R resource) {
        return resource.getMetadata().getUid();
    }

    private long resourceVersion(R resource) {
        return Long.parseLong(resource.getMetadata().getResourceVersion());
    }
}
