package dev.bulkhead.api.v1alpha1;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.Optional;

/** Of two that claim the same name, the older one has it. */
public final class Seniority {

    /** Files that were never applied have no age: then by name, so that each look says the same. */
    public static final Comparator<HasMetadata> OLDEST_FIRST = Comparator.<HasMetadata, String>comparing(it ->
                    Optional.ofNullable(it.getMetadata().getCreationTimestamp()).orElse(""))
            .thenComparing(it -> Optional.ofNullable(it.getMetadata().getUid()).orElse(""))
            .thenComparing(it -> it.getMetadata().getName());

    private Seniority() {}
}
