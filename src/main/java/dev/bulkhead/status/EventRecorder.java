package dev.bulkhead.status;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Tells a person what happened to a resource, as a Kubernetes Event. */
public interface EventRecorder {

    enum Type {
        Normal,
        Warning
    }

    /** @param reason a CamelCase word; equal Events in short order are told once */
    void record(HasMetadata regarding, Type type, String reason, String message);
}
