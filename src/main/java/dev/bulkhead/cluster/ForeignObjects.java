package dev.bulkhead.cluster;

import dev.bulkhead.apply.Kind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Set;

/**
 * What others have written into some namespaces about who may talk to whom.
 *
 * @param objects with nothing on them but their names, their age and their spec
 * @param unseen the kinds of which there may be more
 */
public record ForeignObjects(List<HasMetadata> objects, Set<Kind> unseen) {

    public static final ForeignObjects NONE = new ForeignObjects(List.of(), Set.of());

    public ForeignObjects {
        objects = List.copyOf(objects);
        unseen = Set.copyOf(unseen);
    }
}
