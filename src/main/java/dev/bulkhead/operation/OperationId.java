package dev.bulkhead.operation;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** One Operation. The UID counts: what has the same name later is another. */
public record OperationId(String namespace, String name, String uid) {

    public static OperationId of(HasMetadata operation) {
        var metadata = operation.getMetadata();
        return new OperationId(metadata.getNamespace(), metadata.getName(), metadata.getUid());
    }
}
