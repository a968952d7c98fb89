package dev.bulkhead.environment;

import dev.bulkhead.apply.Applied;
import dev.bulkhead.apply.Concern;
import dev.bulkhead.apply.Health;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.status.Conditions;
import dev.bulkhead.status.Reason;
import dev.bulkhead.status.Standing;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How an environment stands whose plan was applied: the worst of what is to be said, and never better. */
final class LiveStanding {

    private LiveStanding() {}

    static Standing of(Pass.Live live) {
        return Stream.of(Concern.COMPUTE, Concern.NETWORK, Concern.SECRETS)
                .map(concern -> of(concern, live))
                .filter(standing -> !(standing instanceof Standing.Ready))
                .reduce((one, other) -> one instanceof Standing.Stalled ? one : other)
                .orElseGet(() -> new Standing.Ready(Reason.Ready, ready(live)));
    }

    /** Adds the condition of one concern. */
    static void add(Conditions conditions, Concern concern, Pass.Live live) {
        var standing = of(concern, live);
        conditions.add(concern.condition(), standing instanceof Standing.Ready, standing.reason(), standing.message());
    }

    private static Standing of(Concern concern, Pass.Live live) {
        var objects = live.outcome().results().stream()
                .filter(it -> it.ref().kind().concern() == concern)
                .map(LiveStanding::of)
                .flatMap(Optional::stream);
        var workloads = concern == Concern.COMPUTE
                ? inOrder(live.health()).map(LiveStanding::of).flatMap(Optional::stream)
                : Stream.<Standing>empty();
        return Stream.concat(objects, workloads)
                .reduce((one, other) -> worse(one, other))
                .orElseGet(() -> new Standing.Ready(Reason.Ready, note(concern, live)));
    }

    static Standing worse(Standing one, Standing other) {
        return one instanceof Standing.Stalled || !(other instanceof Standing.Stalled) ? one : other;
    }

    static Optional<Standing> of(Applied applied) {
        return switch (applied) {
            case Applied.Unchanged _, Applied.Created _, Applied.Changed _, Applied.Removed _, Applied.Kept _ ->
                Optional.empty();
            case Applied.Withheld it -> Optional.of(withheld(it.verdict()));
            case Applied.Foreign it -> Optional.of(new Standing.Stalled(Reason.ForeignObject, it.message()));
            case Applied.Refused it -> Optional.of(new Standing.Stalled(Reason.Refused, it.message()));
            case Applied.Waiting it -> Optional.of(new Standing.Reconciling(reason(it.lack()), it.message()));
            case Applied.Contested it ->
                Optional.of(new Standing.Stalled(
                        Reason.Contested,
                        "%s was changed %d times by %s. Stop that writer, or let it have the field; the next repair is due at %s"
                                .formatted(
                                        it.ref(),
                                        it.contest().repairs(),
                                        it.contest().manager().isEmpty()
                                                ? "somebody who deletes it"
                                                : it.contest().manager(),
                                        it.contest().nextRepair())));
        };
    }

    private static Standing withheld(Applied.Withheld.Verdict verdict) {
        return switch (verdict.why()) {
            case BLAST_RADIUS -> new Standing.Stalled(Reason.RemovalsHeld, verdict.message());
            case UNSETTLED, OBSTACLE -> new Standing.Reconciling(Reason.RemovalsHeld, verdict.message());
        };
    }

    private static Reason reason(Applied.Lack lack) {
        return switch (lack) {
            case NAMESPACE -> Reason.WaitingForNamespace;
            case SECRET -> Reason.WaitingForSecret;
            case FINALIZER -> Reason.WaitingForFinalizer;
            case NEIGHBOUR -> Reason.Progressing;
            case TARGET -> Reason.TargetFault;
        };
    }

    static Optional<Standing> of(Map.Entry<Origin, Health> workload) {
        var message = "%s: %s".formatted(workload.getKey(), workload.getValue().message());
        return switch (workload.getValue().state()) {
            case DONE, READY -> Optional.empty();
            case FAILED -> Optional.of(new Standing.Stalled(Reason.WorkloadsNotReady, message));
            case PROGRESSING, TERMINATING -> Optional.of(new Standing.Reconciling(Reason.WorkloadsNotReady, message));
        };
    }

    private static String ready(Pass.Live live) {
        var refused = inOrder(live.acceptance().verdicts())
                .filter(it -> !(it.getValue() instanceof Verdict.Accepted))
                .map(it -> it.getKey() + ": " + message(it.getValue()))
                .toList();
        var kept = live.outcome().all(Applied.Kept.class).map(Applied.Kept::message);
        var notes = Stream.concat(refused.stream(), kept).collect(Collectors.joining("; "));
        var summary = "%d objects are in place".formatted(live.plan().entries().size()) + keptAsFound(live);
        return notes.isEmpty() ? summary : summary + ". Left out, or at an older version: " + notes;
    }

    private static String keptAsFound(Pass.Live live) {
        var adoptions = live.draft().blueprint().adoptions();
        var kept = live.plan().entries().stream()
                .filter(entry -> adoptions.keeps(entry.ref()))
                .count();
        return kept == 0 ? "" : ", %d of them kept as they were found".formatted(kept);
    }

    /** Always the same, or another process would write another status of the same thing. */
    private static <T> Stream<Map.Entry<Origin, T>> inOrder(Map<Origin, T> byOrigin) {
        return byOrigin.entrySet().stream()
                .sorted(Comparator.comparing(it -> it.getKey().toString()));
    }

    private static String message(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted _ -> "";
            case Verdict.Holding it -> message(it.why());
            case Verdict.Waiting it -> it.message();
            case Verdict.Refused it -> it.message();
        };
    }

    private static String note(Concern concern, Pass.Live live) {
        return concern == Concern.NETWORK && live.draft().blueprint().meshed()
                ? "Between meshed pods, NetworkPolicy can't tell ports apart: port 4143 is open on every declared edge"
                : "";
    }
}
