package dev.bulkhead.cli.live;

import dev.bulkhead.api.v1alpha1.TargetCluster;
import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.cli.manifest.Manifests;
import dev.bulkhead.cli.manifest.Place;
import dev.bulkhead.cli.plan.AcceptedBefore;
import dev.bulkhead.cli.plan.EnvironmentPlan;
import dev.bulkhead.cli.plan.EnvironmentPlan.Made;
import dev.bulkhead.cli.plan.FolderPlanner;
import dev.bulkhead.cli.plan.KnownSecrets;
import dev.bulkhead.cli.plan.PlanReport;
import dev.bulkhead.cli.plan.PlanReport.Part;
import dev.bulkhead.cli.plan.Remark;
import dev.bulkhead.cli.plan.Remark.Weight;
import dev.bulkhead.cli.plan.Setting;
import dev.bulkhead.cluster.Capabilities;
import dev.bulkhead.cluster.ReadOnlyTarget;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** What the operator would change in its own cluster, if some files were applied to its hub. */
public final class LiveDiff {

    private static final String BESIDE = "the cluster";

    private final KubernetesClient client;
    private final String hubId;
    private final Digest digest;

    /** @param digest with the hub's own key, so that versions are what they are to the operator */
    public LiveDiff(KubernetesClient client, String hubId, Digest digest) {
        this.client = client;
        this.hubId = hubId;
        this.digest = digest;
    }

    public PlanReport of(Manifests files) {
        if (!files.faults().isEmpty()) {
            return PlanReport.faulty(BESIDE, files.faults());
        }
        var hub = new LiveHub(client, files);
        var merged = hub.merged();
        var known = KnownSecrets.exactly(merged, this::versions);
        var target = new ReadOnlyTarget(client, hubId);
        var parts = new ArrayList<Part>();
        var remarks = new ArrayList<Remark>();
        for (var plan : plans(hub, merged, known, target)) {
            var elsewhere = plan instanceof Made made && !isHere(made.cluster(), merged);
            plan.remarks().stream()
                    .filter(it -> it.place().isInFile())
                    // What isn't known of another cluster matters to those who compare it.
                    .filter(it -> !elsewhere || it.weight() != Weight.NOTE)
                    .forEach(remarks::add);
            if (plan instanceof Made made && !elsewhere) {
                var result = LiveComparison.of(target, made, HubValues.of(made.id(), merged, known, digest));
                parts.add(new Part(made.id(), made.cluster(), made.plan(), result.comparison(), result.reach()));
                result.refusals()
                        .forEach(it ->
                                remarks.add(remark(merged, made.id(), it.origin(), Weight.REFUSED, it.message())));
            } else if (plan instanceof Made made) {
                remarks.add(elsewhere(merged, made));
            }
        }
        return new PlanReport(
                BESIDE, parts, List.of(), remarks.stream().sorted().toList());
    }

    private List<EnvironmentPlan> plans(LiveHub hub, Manifests merged, KnownSecrets known, ReadOnlyTarget target) {
        var here = target.capabilities();
        Function<String, Capabilities> capabilities = it -> isHere(it, merged) ? here : Capabilities.UNKNOWN;
        return new FolderPlanner(
                        merged,
                        known,
                        new Setting(
                                hubId, capabilities, it -> new AcceptedBefore(hub.contributors(it)), target::adoptions))
                .plans().stream().filter(it -> hub.meant().contains(it.id())).toList();
    }

    private static boolean isHere(String cluster, Manifests merged) {
        return merged.resources(TargetCluster.class).stream()
                .filter(it -> it.getMetadata().getName().equals(cluster))
                .anyMatch(it -> it.getSpec().local() != null);
    }

    private static Remark elsewhere(Manifests merged, Made made) {
        return remark(
                merged,
                made.id(),
                Origin.environment(made.id().name()),
                Weight.NOTE,
                "it lives on cluster %s, which isn't the hub's own, so it isn't compared. What its files make of it, `bulkhead plan` shows"
                        .formatted(made.cluster()));
    }

    private static Remark remark(
            Manifests merged, EnvironmentId environment, Origin origin, Weight weight, String message) {
        var place = merged.document(origin.kind().kind(), environment.namespace(), origin.name())
                .map(it -> it.at(List.of("metadata")))
                .orElse(new Place("the hub", 0));
        return new Remark(
                place,
                weight,
                "%s %s/%s".formatted(origin.kind().kind(), environment.namespace(), origin.name()),
                message);
    }

    private Map<String, String> versions(Secret secret) {
        var versions = new TreeMap<String, String>();
        Optional.ofNullable(secret.getData()).ifPresent(versions::putAll);
        // As the API server stores it.
        Optional.ofNullable(secret.getStringData())
                .orElse(Map.of())
                .forEach((key, value) ->
                        versions.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        versions.replaceAll((_, value) -> digest.of(value));
        return versions;
    }
}
