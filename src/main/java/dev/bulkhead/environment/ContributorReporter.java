package dev.bulkhead.environment;

import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Health;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.apply.Origin.Contributor;
import dev.bulkhead.contributor.SliceReport;
import dev.bulkhead.environment.Drafting.Draft;
import dev.bulkhead.environment.keeping.Kept;
import dev.bulkhead.status.Reason;
import dev.bulkhead.status.Standing;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pass → what is to be said of each contributor. Pure. */
public final class ContributorReporter {

    private ContributorReporter() {}

    /** @param generations of all contributors, whatever became of them */
    public static Map<Origin, SliceReport> reports(Pass pass, Map<Origin, Long> generations) {
        var reports = new HashMap<Origin, SliceReport>();
        generations.forEach((origin, generation) -> reports.put(origin, report(pass, origin, generation)));
        return Map.copyOf(reports);
    }

    private static SliceReport report(Pass pass, Origin origin, long generation) {
        return switch (pass) {
            case Pass.Missing missing -> waiting(generation, "The environment waits: " + missing.message());
            case Pass.Impossible impossible ->
                waiting(
                        generation,
                        "The environment is stalled: "
                                + impossible.acceptance().problems().getFirst().message());
            case Pass.Ending _, Pass.Abandoned _ -> waiting(generation, "The environment is being deleted");
            case Pass.Released released -> SliceReport.none(generation, EndStanding.of(released));
            case Pass.Previewed previewed ->
                described(
                        origin,
                        generation,
                        previewed.draft(),
                        previewed.kept(),
                        previewed(previewed, origin, generation),
                        Health.READY);
            case Pass.Live live ->
                described(
                        origin,
                        generation,
                        live.draft(),
                        live.kept(),
                        live(live, origin, generation),
                        live.health().getOrDefault(origin, Health.READY));
        };
    }

    private static SliceReport waiting(long generation, String message) {
        return SliceReport.none(generation, new Standing.Reconciling(Reason.WaitingForEnvironment, message));
    }

    private static SliceReport described(
            Origin origin, long generation, Draft draft, Kept kept, Standing standing, Health health) {
        var blueprint = draft.blueprint();
        var namespace = origin.kind() == Contributor.WORKLOAD
                ? blueprint.workloads().stream()
                        .filter(it -> it.resource().equals(origin.name()))
                        .map(Blueprint.WorkloadSlice::namespace)
                        .findFirst()
                        .orElse("")
                : "";
        return new SliceReport(
                generation,
                standing,
                namespace,
                health.replicas(),
                health.readyReplicas(),
                SecretStanding.statuses(blueprint, origin, kept));
    }

    private static Standing previewed(Pass.Previewed previewed, Origin origin, long generation) {
        var judged = judged(previewed.acceptance(), previewed.draft(), origin, generation);
        if (judged.isPresent()) {
            return judged.get();
        }
        return previewed.changes().isEmpty()
                ? new Standing.Ready(Reason.Paused, "In place; the environment is held")
                : new Standing.Stalled(
                        Reason.PlanOnly, "The environment has reconcile: Plan or Pause, and nothing is written");
    }

    private static Standing live(Pass.Live live, Origin origin, long generation) {
        return judged(live.acceptance(), live.draft(), origin, generation)
                .or(() -> worst(live, origin))
                .or(() -> SecretStanding.of(live, origin))
                .or(() -> kept(live, origin, generation))
                .orElseGet(() -> new Standing.Ready(Reason.Ready, ""));
    }

    private static Optional<Standing> judged(Acceptance acceptance, Draft draft, Origin origin, long generation) {
        return judged(acceptance.verdicts().get(origin), draft, origin, generation);
    }

    private static Optional<Standing> judged(@Nullable Verdict verdict, Draft draft, Origin origin, long generation) {
        return switch (verdict) {
            case Verdict.Holding holding -> judged(holding.why(), draft, origin, generation);
            case Verdict.Refused refused -> Optional.of(new Standing.Stalled(refused.reason(), refused.message()));
            case Verdict.Waiting waiting -> Optional.of(new Standing.Reconciling(waiting.reason(), waiting.message()));
            case Verdict.Accepted _ ->
                Objects.equals(draft.live().get(origin), generation)
                        ? Optional.empty()
                        : Optional.of(new Standing.Reconciling(
                                Reason.WaitingForEnvironment, "The environment hasn't taken up this generation yet"));
            case null ->
                Optional.of(new Standing.Reconciling(
                        Reason.WaitingForEnvironment, "The environment hasn't looked at it yet"));
        };
    }

    /** What was adopted and is kept as it was found doesn't follow an edit. */
    private static Optional<Standing> kept(Pass.Live live, Origin origin, long generation) {
        var adoptions = live.draft().blueprint().adoptions();
        return live.plan().entries().stream()
                .filter(entry -> entry.origin().equals(origin))
                .map(Entry::ref)
                .filter(adoptions::keeps)
                .filter(ref -> adoptions.find(ref).orElseThrow().generation() != generation)
                .findFirst()
                .map(ref -> new Standing.Stalled(
                        Reason.KeptAsFound,
                        ("%s was adopted and is kept as it was found, so that this edit isn't in force. Create an Operation"
                                        + " Adopt with mode Apply for namespace %s")
                                .formatted(ref, ref.home())));
    }

    /** The worst that the target said of the contributor's own objects, and of its pods. */
    private static Optional<Standing> worst(Pass.Live live, Origin origin) {
        var planned = live.plan().byRef();
        var objects = live.outcome().results().stream()
                .filter(it -> isOf(planned.get(it.ref()), origin))
                .map(LiveStanding::of)
                .flatMap(Optional::stream);
        var pods = live.health().entrySet().stream()
                .filter(it -> it.getKey().equals(origin))
                .map(LiveStanding::of)
                .flatMap(Optional::stream);
        return Stream.concat(objects, pods).reduce(LiveStanding::worse);
    }

    private static boolean isOf(Entry entry, Origin origin) {
        return entry != null && entry.origin().equals(origin);
    }
}
