package dev.bulkhead.runtime;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Objects;
import java.util.function.Consumer;

/** Changes of status and of metadata that nobody reads are no news. */
record OnChange<T extends HasMetadata>(Consumer<T> changed, Consumer<T> gone, boolean everything)
        implements ResourceEventHandler<T> {

    OnChange(Consumer<T> changed, Consumer<T> gone) {
        this(changed, gone, false);
    }

    static <T extends HasMetadata> OnChange<T> ofEverything(Consumer<T> changed, Consumer<T> gone) {
        return new OnChange<>(changed, gone, true);
    }

    @Override
    public void onAdd(T object) {
        changed.accept(object);
    }

    @Override
    public void onUpdate(T before, T after) {
        var old = before.getMetadata();
        var now = after.getMetadata();
        if (everything
                || !Objects.equals(old.getGeneration(), now.getGeneration())
                || !Objects.equals(old.getUid(), now.getUid())
                || !Objects.equals(old.getDeletionTimestamp(), now.getDeletionTimestamp())
                || !Objects.equals(old.getLabels(), now.getLabels())
                || !Objects.equals(old.getAnnotations(), now.getAnnotations())) {
            changed.accept(after);
        }
    }

    @Override
    public void onDelete(T object, boolean unknown) {
        gone.accept(object);
    }
}
