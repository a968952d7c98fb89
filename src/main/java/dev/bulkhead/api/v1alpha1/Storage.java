package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Storage(
        String name, String path, Quantity size, @Nullable String storageClassName, StorageRetention retention) {

    public Storage {
        retention = Absent.or(retention, StorageRetention.Retain);
    }
}
