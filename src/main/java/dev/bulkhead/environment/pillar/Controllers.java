package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.JobSettings;
import dev.bulkhead.api.v1alpha1.StorageRetention;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Entry.HandedOver;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicy;
import io.fabric8.kubernetes.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicyBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpecBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What keeps the pods of a workload running, or runs them once, or now and then. */
final class Controllers {

    private Controllers() {}

    static Stream<Entry> of(Rendering rendering) {
        return switch (rendering.spec().type()) {
            case Stateless -> Stream.of(deployment(rendering));
            case Stateful -> Stream.of(statefulSet(rendering));
            case Job -> Stream.of(job(rendering));
            case CronJob -> Stream.of(cronJob(rendering));
            // Rotations run it: see Hooks.
            case Hook -> Stream.empty();
        };
    }

    private static Entry deployment(Rendering rendering) {
        var deployment = new DeploymentBuilder()
                .withMetadata(rendering.metadata(rendering.name()))
                .withNewSpec()
                .withReplicas(replicas(rendering))
                .withNewSelector()
                .withMatchLabels(rendering.workload().selector())
                .addToMatchLabels(Canaries.label(rendering))
                .endSelector()
                .withTemplate(new PodTemplate(rendering).ofService())
                .endSpec()
                .build();
        return rendering.running(deployment, handedOver(rendering));
    }

    private static Entry statefulSet(Rendering rendering) {
        // What can't change is left to what was there before us.
        var made = rendering.workload().adoptedSelector().isEmpty();
        var statefulSet = new StatefulSetBuilder()
                .withMetadata(rendering.metadata(rendering.name()))
                .withNewSpec()
                .withReplicas(replicas(rendering))
                .withServiceName(made ? Names.headless(rendering.name()) : null)
                .withSelector(rendering.selector())
                .withTemplate(new PodTemplate(rendering).ofService())
                .withVolumeClaimTemplates(made ? Volumes.claims(rendering) : List.of())
                .withPersistentVolumeClaimRetentionPolicy(retention(rendering).orElse(null))
                .endSpec()
                .build();
        return rendering.running(statefulSet, handedOver(rendering));
    }

    /**
     * A StatefulSet has one policy for all of its claims, so that one that is to be kept keeps all. Fewer replicas never
     * cost data.
     */
    private static Optional<StatefulSetPersistentVolumeClaimRetentionPolicy> retention(Rendering rendering) {
        var storage = rendering.spec().storage();
        if (storage.isEmpty()) {
            return Optional.empty();
        }
        var deleted = storage.stream().allMatch(claim -> claim.retention() == StorageRetention.Delete);
        return Optional.of(new StatefulSetPersistentVolumeClaimRetentionPolicyBuilder()
                .withWhenDeleted((deleted ? StorageRetention.Delete : StorageRetention.Retain).name())
                .withWhenScaled(StorageRetention.Retain.name())
                .build());
    }

    private static @Nullable Integer replicas(Rendering rendering) {
        return rendering.autoscaled() ? null : rendering.spec().replicas();
    }

    private static Set<HandedOver> handedOver(Rendering rendering) {
        return rendering.autoscaled() ? Set.of(HandedOver.REPLICAS) : Set.of();
    }

    /** A Job can't change: what is to run differently is another Job, with another name. */
    private static Entry job(Rendering rendering) {
        var spec = jobSpec(rendering);
        var name = rendering.name() + "-" + ContentHash.ofObject(spec);
        return rendering.running(new JobBuilder()
                .withMetadata(rendering.metadata(name))
                .withSpec(spec)
                .build());
    }

    private static Entry cronJob(Rendering rendering) {
        var spec = rendering.spec();
        return rendering.running(new CronJobBuilder()
                .withMetadata(rendering.metadata(rendering.name()))
                .withNewSpec()
                .withSchedule(spec.schedule())
                .withTimeZone(spec.timeZone())
                .withConcurrencyPolicy(spec.concurrencyPolicy().name())
                .withNewJobTemplate()
                .withSpec(jobSpec(rendering)
                        .edit()
                        .withTtlSecondsAfterFinished(settings(rendering).ttlSecondsAfterFinished())
                        .build())
                .endJobTemplate()
                .endSpec()
                .build());
    }

    // Without ttlSecondsAfterFinished: a Job that the cluster removes when it is done would be made, and run, again.
    private static JobSpec jobSpec(Rendering rendering) {
        var settings = settings(rendering);
        return new JobSpecBuilder()
                .withBackoffLimit(settings.backoffLimit())
                .withCompletions(settings.completions())
                .withParallelism(settings.parallelism())
                .withActiveDeadlineSeconds(
                        settings.activeDeadlineSeconds() == null
                                ? null
                                : settings.activeDeadlineSeconds().longValue())
                .withTemplate(new PodTemplate(rendering).ofJob())
                .build();
    }

    private static JobSettings settings(Rendering rendering) {
        var settings = rendering.spec().job();
        return settings == null ? new JobSettings(null, null, null, null, null) : settings;
    }
}
