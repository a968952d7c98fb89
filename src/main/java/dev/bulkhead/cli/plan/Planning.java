package dev.bulkhead.cli.plan;

import dev.bulkhead.cli.manifest.Manifests;
import dev.bulkhead.cli.manifest.Place;
import dev.bulkhead.cli.manifest.TextFile;
import dev.bulkhead.cli.plan.EnvironmentPlan.Made;
import dev.bulkhead.cli.plan.Remark.Weight;
import dev.bulkhead.cluster.Capabilities;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** From texts to a report. */
public final class Planning {

    private final String namespace;
    private final Function<String, Capabilities> capabilities;
    private final SecretVersions versions = new SecretVersions();

    /**
     * @param namespace where a resource is put that names none
     * @param capabilities of a cluster, by its name
     */
    public Planning(String namespace, Function<String, Capabilities> capabilities) {
        this.namespace = namespace;
        this.capabilities = capabilities;
    }

    public PlanReport report(List<TextFile> files) {
        return compared("", List.of(), files);
    }

    /** @param base what the files before are called */
    public PlanReport report(String base, List<TextFile> before, List<TextFile> files) {
        return compared(base, before, files);
    }

    /**
     * What came of planning, before anybody shows it.
     *
     * @param plans those that could be made
     */
    public record Planned(List<Made> plans, List<Remark> remarks) {}

    public Planned planned(List<TextFile> files) {
        var manifests = Manifests.read(files, namespace);
        if (!manifests.faults().isEmpty()) {
            return new Planned(
                    List.of(), manifests.faults().stream().map(Remark::of).toList());
        }
        var planner = planner(manifests, List.of());
        var plans = planner.plans();
        var remarks = new ArrayList<>(planner.strays());
        plans.forEach(it -> remarks.addAll(it.remarks()));
        return new Planned(
                plans.stream()
                        .flatMap(it -> it instanceof Made made ? Stream.of(made) : Stream.<Made>empty())
                        .toList(),
                remarks.stream().sorted().toList());
    }

    private PlanReport compared(String base, List<TextFile> before, List<TextFile> files) {
        var old = Manifests.read(before, namespace);
        var manifests = Manifests.read(files, namespace);
        if (!manifests.faults().isEmpty()) {
            return PlanReport.faulty(base, manifests.faults());
        }
        var oldPlans = planner(old, List.of()).plans();
        var planner = planner(manifests, oldPlans);
        var remarks = new ArrayList<>(planner.strays());
        old.faults()
                .forEach(it -> remarks.add(new Remark(
                        it.place(), Weight.NOTE, "", it.message() + ". So it isn't in what is compared with")));
        var plans = planner.plans();
        if (plans.isEmpty() && oldPlans.isEmpty()) {
            remarks.add(new Remark(
                    new Place("the files", 0), Weight.NOTE, "", "no Environment is among them, so nothing is planned"));
        }
        return PlanReport.of(base, oldPlans, plans, remarks);
    }

    private FolderPlanner planner(Manifests manifests, List<EnvironmentPlan> before) {
        return new FolderPlanner(
                manifests,
                KnownSecrets.assuming(manifests, versions::of),
                Setting.offline(capabilities, it -> AcceptedBefore.of(it, before)));
    }
}
