package dev.bulkhead.api.v1alpha1;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A mark on a resource of which this version doesn't understand something, as a newer one may have written it. It stands
 * in our memory only. Whoever writes it by hand shuts out his own resource.
 */
public final class Unreadable {

    private static final String MARK = "bulkhead.dev/unreadable";

    private Unreadable() {}

    /** What isn't understood, and where it stands. */
    public static Optional<String> of(HasMetadata resource) {
        return Optional.ofNullable(resource.getMetadata().getAnnotations()).map(it -> it.get(MARK));
    }

    public static void mark(HasMetadata resource, String what) {
        var annotations = new HashMap<>(
                Objects.requireNonNullElse(resource.getMetadata().getAnnotations(), Map.<String, String>of()));
        annotations.put(MARK, what);
        resource.getMetadata().setAnnotations(annotations);
    }
}
