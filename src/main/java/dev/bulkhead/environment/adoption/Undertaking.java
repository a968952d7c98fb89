package dev.bulkhead.environment.adoption;

import dev.bulkhead.api.v1alpha1.AdoptMode;
import dev.bulkhead.api.v1alpha1.AdoptSettings;
import dev.bulkhead.api.v1alpha1.OperationResult;
import dev.bulkhead.apply.Adoptions;
import dev.bulkhead.apply.Applied;
import dev.bulkhead.apply.Difference;
import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Outcome;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.apply.Site;
import dev.bulkhead.environment.Planned;
import dev.bulkhead.operation.OperationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One Operation Adopt, looked into.
 *
 * @param wanted what it is about in the end, whatever was taken before
 * @param obstacles why nothing is done; with any, nothing is
 */
record Undertaking(
        AdoptMode mode, Set<Ref> wanted, List<Obstacle> obstacles, List<OperationResult> results, int restarts) {

    static Undertaking of(AdoptSettings wish, Survey survey, Planned then, Site site) {
        var obstacles = new ArrayList<>(survey.obstacles());
        var results = new ArrayList<OperationResult>();
        var restarts = 0;
        if (obstacles.isEmpty()) {
            wish.namespaces().stream().distinct().forEach(it -> Coverage.gap(
                            it, then.draft().blueprint(), site)
                    .ifPresent(obstacles::add));
        }
        var entries = then.plan().byRef();
        var wanted = wanted(wish, survey, then);
        wanted.forEach(ref -> results.add(new OperationResult(ref.toString(), taken(wish.mode(), ref))));
        for (var candidate : survey.candidates()) {
            var ref = candidate.ref();
            if (!(entries.get(ref) instanceof ObjectEntry entry)) {
                continue;
            }
            if (then.draft().blueprint().adoptions().keeps(ref)) {
                Forecast.refusal(entry, site).ifPresent(it -> obstacles.add(refused(ref, it)));
                continue;
            }
            var forecast = Forecast.of(entry, candidate.live(), site);
            forecast.differences()
                    .forEach(it -> results.add(new OperationResult(ref.toString(), said(wish.mode(), it))));
            var hindrances = hindrances(ref, forecast);
            if (wish.mode() == AdoptMode.Preview && !alwaysWritten(ref)) {
                hindrances.forEach(
                        it -> results.add(new OperationResult(it.object(), "in the way of Apply: " + it.text())));
            } else {
                obstacles.addAll(hindrances);
            }
            if (forecast.restarts()) {
                restarts++;
                results.add(new OperationResult(ref.toString(), said(wish.mode())));
            }
        }
        survey.leftAlone().forEach(it -> results.add(new OperationResult(it.toString(), leftAlone(it))));
        return new Undertaking(wish.mode(), wanted, List.copyOf(obstacles), List.copyOf(results), restarts);
    }

    private static Set<Ref> wanted(AdoptSettings wish, Survey survey, Planned then) {
        var refs = wish.mode() == AdoptMode.Preview
                ? survey.candidates().stream().map(Candidate::ref)
                : then.draft().blueprint().adoptions().byRef().keySet().stream()
                        .filter(ref -> wish.namespaces().contains(ref.home()));
        return refs.collect(Collectors.toCollection(TreeSet::new));
    }

    /** What even Keep would write. */
    private static boolean alwaysWritten(Ref ref) {
        return ref.kind() == Kind.NAMESPACE || Adoptions.isPerimeter(ref.kind());
    }

    private static List<Obstacle> hindrances(Ref ref, Forecast forecast) {
        var hindrances = new ArrayList<Obstacle>();
        if (!forecast.refusal().isEmpty()) {
            hindrances.add(refused(ref, forecast.refusal()));
        }
        if (!forecast.lostClaims().isEmpty()) {
            hindrances.add(Obstacle.at(
                    ref,
                    "its pods use the volume claims %s, and as planned they wouldn't: their data would be out of reach."
                            + " Keep it as it is, or move the data first",
                    String.join(", ", forecast.lostClaims())));
        }
        return hindrances;
    }

    private static Obstacle refused(Ref ref, String reason) {
        return Obstacle.at(ref, "the target refuses it: %s", reason);
    }

    private static String taken(AdoptMode mode, Ref ref) {
        return switch (mode) {
            case Preview -> "would be taken";
            case Keep ->
                Adoptions.isPerimeter(ref.kind())
                        ? "taken, and made as planned: a wall isn't kept as it was found"
                        : "taken, and kept as it was found";
            case Apply -> "taken, and made as planned";
        };
    }

    private static String said(AdoptMode mode, Difference difference) {
        return (mode == AdoptMode.Preview ? "with Apply: " : "") + difference;
    }

    private static String said(AdoptMode mode) {
        return mode == AdoptMode.Preview
                ? "with Apply: its pods are replaced, one after the other"
                : "its pods are replaced";
    }

    private static String leftAlone(Ref ref) {
        return switch (ref.kind()) {
            case NETWORK_POLICY -> "not taken: nothing plans it. It stays, and what it opens stays open";
            case ROLE_BINDING -> "not taken: nothing plans it. It stays, and so do the rights that it gives";
            default -> "not taken: nothing plans it. It stays";
        };
    }

    OperationReport report(Outcome outcome) {
        if (!obstacles.isEmpty()) {
            return blocked();
        }
        if (mode == AdoptMode.Preview) {
            return OperationReport.done(
                    ("%d objects would be taken. With Keep no pod restarts; with Apply what differs is made as planned, and"
                                    + " the pods of %d workloads are replaced")
                            .formatted(wanted.size(), restarts),
                    results);
        }
        var open = outcome.results().stream()
                .filter(it -> wanted.contains(it.ref()))
                .flatMap(it -> switch (it) {
                    case Applied.Foreign no -> Stream.of(no.message());
                    case Applied.Refused no -> Stream.of(no.message());
                    case Applied.Waiting not -> Stream.of(not.message());
                    default -> Stream.<String>empty();
                })
                .toList();
        return open.isEmpty()
                ? OperationReport.done(done(), results)
                : OperationReport.underWay(String.join("; ", open), results);
    }

    private OperationReport blocked() {
        var all = new ArrayList<OperationResult>();
        obstacles.forEach(it -> all.add(new OperationResult(it.object(), "in the way: " + it.text())));
        all.addAll(results);
        var words = "In the way: " + obstacles.stream().map(Obstacle::toString).collect(Collectors.joining("; "));
        return mode == AdoptMode.Preview ? OperationReport.done(words, all) : OperationReport.refused(words, all);
    }

    private String done() {
        return switch (mode) {
            case Preview, Keep -> "%d objects are the environment's, and as they were found".formatted(wanted.size());
            case Apply -> "%d objects are the environment's, and as planned".formatted(wanted.size());
        };
    }
}
