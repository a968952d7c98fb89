package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.Unreadable;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.cluster.Capabilities;
import dev.bulkhead.environment.rule.EnvironmentRules;
import dev.bulkhead.environment.rule.Finding;
import dev.bulkhead.environment.rule.NetworkRules;
import dev.bulkhead.environment.rule.SecretRules;
import dev.bulkhead.environment.rule.Surroundings;
import dev.bulkhead.environment.rule.WorkloadRules;
import dev.bulkhead.status.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Who may be in the plan.
 *
 * @param problems what the environment itself asks for and can't have; with any, nothing is planned
 * @param verdicts one per contributor
 */
public record Acceptance(List<Verdict.Refused> problems, Map<Origin, Verdict> verdicts) {

    public Acceptance {
        problems = List.copyOf(problems);
        verdicts = Map.copyOf(verdicts);
    }

    /**
     * Pure: judges what was gathered by its class and its cluster, and each contributor by the others.
     *
     * @param profiled the Services of which somebody else has ServiceProfiles in the environment's namespaces
     * @param slices what was accepted last
     */
    public static Acceptance of(Gathered gathered, Capabilities capabilities, Set<String> profiled, Slices slices) {
        var around = new Surroundings(gathered, capabilities, profiled);
        var verdicts = new HashMap<Origin, Verdict>();
        gathered.workloads()
                .forEach(it -> verdicts.put(
                        Origin.workload(it.getMetadata().getName()),
                        verdict(it, () -> new WorkloadRules(around, it).check())));
        gathered.networkPolicySets()
                .forEach(it -> verdicts.put(
                        Origin.networkPolicySet(it.getMetadata().getName()),
                        verdict(it, () -> new NetworkRules(around, it).check())));
        var lasting = lasting(gathered, verdicts, slices);
        judgeScopes(gathered, around.with(lasting), slices, verdicts);
        gathered.workloads().forEach(it -> needsAScope(it, around, verdicts));
        // Who waits for a scope goes on as before, and that scope may have taken away what they go on with.
        var more = lasting(gathered, verdicts, slices);
        if (more.size() > lasting.size()) {
            judgeScopes(gathered, around.with(more), slices, verdicts);
        }
        return new Acceptance(problems(gathered, around), verdicts);
    }

    /** The workloads that aren't accepted as they are, as they were accepted last. */
    private static List<Workload> lasting(Gathered gathered, Map<Origin, Verdict> verdicts, Slices slices) {
        return gathered.workloads().stream()
                .filter(it ->
                        !isInForce(verdicts.get(Origin.workload(it.getMetadata().getName()))))
                .flatMap(it -> slices.last(it).stream())
                .toList();
    }

    private static void judgeScopes(
            Gathered gathered, Surroundings around, Slices slices, Map<Origin, Verdict> verdicts) {
        gathered.secretScopes()
                .forEach(it -> verdicts.put(
                        Origin.secretScope(it.getMetadata().getName()),
                        verdict(it, new SecretRules(around, it, slices::last))));
    }

    /** What was taken away, and is needed, stands in the way of nothing else. */
    private static Verdict verdict(SecretScope scope, SecretRules rules) {
        var verdict = verdict(scope, rules::check);
        var held = verdict instanceof Verdict.Accepted ? rules.takenAway() : List.<Finding>of();
        return held.isEmpty() ? verdict : new Verdict.Holding(verdict(held));
    }

    /** Whether a contributor counts as it is. */
    static boolean isInForce(Verdict verdict) {
        return verdict instanceof Verdict.Accepted || verdict instanceof Verdict.Holding;
    }

    /** An entry of a scope that was never accepted is nowhere published, and a pod that uses it could not start. */
    private static void needsAScope(Workload workload, Surroundings around, Map<Origin, Verdict> verdicts) {
        around.unpublished(workload, scope -> isInForce(verdicts.get(Origin.secretScope(scope))))
                .ifPresent(finding -> verdicts.computeIfPresent(
                        Origin.workload(workload.getMetadata().getName()),
                        (_, verdict) -> verdict instanceof Verdict.Accepted ? verdict(List.of(finding)) : verdict));
    }

    private static List<Verdict.Refused> problems(Gathered gathered, Surroundings around) {
        var unreadable = unreadable(gathered.environment());
        return unreadable.isPresent()
                ? List.of(unreadable.get())
                : new EnvironmentRules(gathered, around)
                        .check().stream()
                                .map(finding -> new Verdict.Refused(finding.reason(), finding.message()))
                                .toList();
    }

    private static Verdict verdict(HasMetadata contributor, Supplier<List<Finding>> rules) {
        return unreadable(contributor).<Verdict>map(it -> it).orElseGet(() -> verdict(rules.get()));
    }

    private static Optional<Verdict.Refused> unreadable(HasMetadata resource) {
        return Unreadable.of(resource)
                .map(what -> new Verdict.Refused(
                        Reason.Unreadable,
                        "%s %s isn't understood by this version of Bulkhead: %s. Correct it, or update Bulkhead"
                                .formatted(
                                        resource.getKind(),
                                        resource.getMetadata().getName(),
                                        what)));
    }

    /** What can't be had comes before what is still to come: it is what the user has to change. */
    private static Verdict verdict(List<Finding> findings) {
        var refused = findings.stream().filter(finding -> !finding.waits()).toList();
        if (!refused.isEmpty()) {
            return new Verdict.Refused(refused.getFirst().reason(), message(refused));
        }
        return findings.isEmpty()
                ? new Verdict.Accepted()
                : new Verdict.Waiting(findings.getFirst().reason(), message(findings));
    }

    private static String message(List<Finding> findings) {
        return findings.stream().map(Finding::message).distinct().collect(Collectors.joining(". "));
    }
}
