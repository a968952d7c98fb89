package dev.bulkhead.runtime;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;

/** JOSDK's own cache of a kind, without the managed fields: of a SecretScope they are several times what it says. */
final class LeanStore<T extends HasMetadata> extends BasicItemStore<T> {

    LeanStore() {
        super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public T put(String key, T object) {
        object.getMetadata().setManagedFields(List.of());
        return super.put(key, object);
    }
}
