package dev.bulkhead.environment.adoption;

import dev.bulkhead.api.v1alpha1.AdoptMode;
import dev.bulkhead.apply.Adoption;
import dev.bulkhead.apply.Adoption.Stage;
import dev.bulkhead.apply.Adoptions;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Ref;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import java.util.TreeMap;

/** Something that is there, and that the plan has too. */
record Candidate(Entry entry, GenericKubernetesResource live) {

    Ref ref() {
        return entry.ref();
    }

    /** @param generation of the resource that asks for it */
    Adoption adoption(AdoptMode mode, long generation) {
        return new Adoption(live.getMetadata().getUid(), stage(mode), generation, selector());
    }

    private Stage stage(AdoptMode mode) {
        return mode == AdoptMode.Keep && !Adoptions.isPerimeter(ref().kind()) ? Stage.KEPT : Stage.TAKING;
    }

    /** By which labels its pods are found. A CronJob finds them by none, but they have those of its template. */
    Map<String, String> selector() {
        return switch (ref().kind()) {
            case DEPLOYMENT, STATEFUL_SET -> labels(live.get("spec", "selector", "matchLabels"));
            case CRON_JOB -> labels(live.get("spec", "jobTemplate", "spec", "template", "metadata", "labels"));
            default -> Map.of();
        };
    }

    /** Whether its pods are found in a way that a Service has no words for. */
    boolean selectsByExpression() {
        return runsPods() && live.get("spec", "selector", "matchExpressions") != null;
    }

    boolean runsPods() {
        return switch (ref().kind()) {
            case DEPLOYMENT, STATEFUL_SET, CRON_JOB -> true;
            default -> false;
        };
    }

    private static Map<String, String> labels(Object tree) {
        var labels = new TreeMap<String, String>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> labels.put(key.toString(), String.valueOf(value)));
        }
        return labels;
    }
}
