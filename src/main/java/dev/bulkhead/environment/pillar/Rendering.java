package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.WorkloadSpec;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Entry.HandedOver;
import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Level;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import java.util.Set;

/** One workload of one blueprint, and what all of its objects have in common. */
record Rendering(Blueprint blueprint, WorkloadSlice workload) {

    WorkloadSpec spec() {
        return workload.spec();
    }

    String name() {
        return workload.name();
    }

    ObjectMeta metadata(String name) {
        return blueprint
                .metadata(workload.namespace(), name)
                .addToLabels(Ownership.WORKLOAD, workload.name())
                .build();
    }

    LabelSelector selector() {
        return new LabelSelectorBuilder().withMatchLabels(workload.selector()).build();
    }

    /** Whether it may have more than one pod at a time for good. */
    boolean scales() {
        return switch (spec().type()) {
            case Stateless, Stateful -> autoscaled() || spec().replicas() > 1;
            case Job, CronJob, Hook -> false;
        };
    }

    boolean autoscaled() {
        return spec().autoscaling() != null;
    }

    Entry foundation(HasMetadata object) {
        return new ObjectEntry(object, Level.FOUNDATION, workload.origin());
    }

    /** Of a kind that Kubernetes itself doesn't have. */
    Entry running(Kind kind, String name, Map<String, Object> spec) {
        return running(custom(kind, name, spec));
    }

    Entry denying(Kind kind, String name, Map<String, Object> spec) {
        return new ObjectEntry(custom(kind, name, spec), Level.DENY, workload.origin());
    }

    private HasMetadata custom(Kind kind, String name, Map<String, Object> spec) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(kind.apiVersion())
                .withKind(kind.kind())
                .withMetadata(metadata(name))
                .addToAdditionalProperties("spec", spec)
                .build();
    }

    Entry running(HasMetadata object) {
        return new ObjectEntry(object, Level.WORKLOAD, workload.origin());
    }

    Entry running(HasMetadata object, Set<HandedOver> handedOver) {
        return new ObjectEntry(object, Level.WORKLOAD, workload.origin(), handedOver);
    }
}
