package dev.bulkhead.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Set;

/** One thing that should exist in the target cluster. */
public sealed interface Entry {

    Ref ref();

    Level level();

    Origin origin();

    /** A plain object. It holds only the fields that we want to own: the API server merges the rest. */
    record ObjectEntry(HasMetadata object, Level level, Origin origin, Set<HandedOver> handedOver) implements Entry {

        public ObjectEntry(HasMetadata object, Level level, Origin origin) {
            this(object, level, origin, Set.of());
        }

        @Override
        public Ref ref() {
            return Ref.of(object);
        }
    }

    /**
     * A Secret, told by where its values come from and a keyed hash of them. The bytes are read when they are written,
     * and never before.
     *
     * @param labels the labels of the published Secret
     * @param annotations its annotations
     * @param sources data key of the published Secret → where its value is read
     * @param version keyed hash over keys and values: a new value is a new version
     */
    record SecretEntry(
            Ref ref,
            Level level,
            Origin origin,
            Map<String, String> labels,
            Map<String, String> annotations,
            Map<String, Source> sources,
            String version)
            implements Entry {}

    /** A key of a Secret in the hub namespace. */
    record Source(String secret, String key) {}

    /** A field that another writer takes over: we stop owning it without resetting it. */
    enum HandedOver {
        /** {@code spec.replicas}, which a HorizontalPodAutoscaler writes. */
        REPLICAS
    }
}
