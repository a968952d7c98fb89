package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Drift;
import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.EnvironmentStatus;
import dev.bulkhead.api.v1alpha1.InputStatus;
import dev.bulkhead.api.v1alpha1.NamespaceStatus;
import dev.bulkhead.api.v1alpha1.PlanStatus;
import dev.bulkhead.api.v1alpha1.ReachStatus;
import dev.bulkhead.api.v1alpha1.ReconcileMode;
import dev.bulkhead.api.v1alpha1.RepairStatus;
import dev.bulkhead.apply.Applied;
import dev.bulkhead.apply.Concern;
import dev.bulkhead.apply.Plan;
import dev.bulkhead.apply.Step;
import dev.bulkhead.environment.Drafting.Draft;
import dev.bulkhead.status.Conditions;
import dev.bulkhead.status.Patience;
import dev.bulkhead.status.Reason;
import dev.bulkhead.status.Standing;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Pass → status of the Environment. Pure. */
public final class EnvironmentReporter {

    /** How many entries of a plan the status shows. */
    private static final int FIRST = 10;

    /** What the status was before anything was said: see the default in the schema. */
    public static final EnvironmentStatus UNKNOWN =
            new EnvironmentStatus(-1L, List.of(), null, null, List.of(), List.of(), null, null, null, null, null, null);

    private final Fingerprint fingerprint = new Fingerprint();

    public EnvironmentStatus status(Environment environment, Pass pass, Instant now) {
        var before = before(environment);
        long generation = environment.getMetadata().getGeneration();
        var conditions = Conditions.after(before.conditions(), generation, now);
        return switch (pass) {
            case Pass.Missing missing -> {
                conditions.standing(Patience.with(
                        new Standing.Reconciling(missing.reason(), missing.message()), before.conditions(), now));
                yield keeping(before, generation, conditions.build());
            }
            case Pass.Impossible impossible -> {
                var first = impossible.acceptance().problems().getFirst();
                conditions.standing(new Standing.Stalled(
                        first.reason(),
                        impossible.acceptance().problems().stream()
                                .map(Verdict.Refused::message)
                                .collect(Collectors.joining("; "))));
                yield keeping(before, generation, conditions.build());
            }
            case Pass.Previewed previewed -> {
                conditions.standing(standing(environment, previewed));
                yield described(
                        before,
                        generation,
                        conditions.build(),
                        // What is only shown isn't live: the inputs stay those of what was applied last.
                        previewed.changes().isEmpty() ? inputs(previewed.draft()) : before.inputs(),
                        previewed.draft(),
                        previewed.plan(),
                        before.drift(),
                        before.lastRepair(),
                        plan(previewed),
                        before.reach(),
                        fingerprint.of(previewed.plan()));
            }
            case Pass.Ending ending -> {
                conditions.standing(Patience.with(EndStanding.of(ending), before.conditions(), now));
                yield keeping(before, generation, conditions.build());
            }
            case Pass.Abandoned abandoned -> {
                conditions.standing(new Standing.Reconciling(Reason.Terminating, abandoned.message()));
                yield keeping(before, generation, conditions.build());
            }
            case Pass.Released released -> {
                conditions.standing(EndStanding.of(released));
                yield keeping(before, generation, conditions.build());
            }
            case Pass.Live live -> {
                conditions.standing(Patience.with(LiveStanding.of(live), before.conditions(), now));
                for (var concern : Concern.values()) {
                    LiveStanding.add(conditions, concern, live);
                }
                MeshStanding.add(conditions, live.draft().blueprint(), live.unmeshed());
                ReachStanding.add(conditions, live.reached());
                EgressStanding.add(conditions, live.draft().blueprint());
                var repair = repair(live, now).orElse(before.lastRepair());
                yield described(
                        before,
                        generation,
                        conditions.build(),
                        inputs(live.draft()),
                        live.draft(),
                        live.plan(),
                        drift(live, repair),
                        repair,
                        null,
                        ReachStanding.status(live.reached()).orElse(null),
                        live.fingerprint());
            }
        };
    }

    /** The status that it has. */
    static EnvironmentStatus before(Environment environment) {
        return Optional.ofNullable(environment.getStatus()).orElse(UNKNOWN);
    }

    /** A look that ended with an exception. */
    public EnvironmentStatus failure(Environment environment, Exception e, Instant now) {
        var before = before(environment);
        long generation = environment.getMetadata().getGeneration();
        return keeping(
                before,
                generation,
                Conditions.after(before.conditions(), generation, now)
                        .standing(Failure.standing(e))
                        .build());
    }

    private static Standing standing(Environment environment, Pass.Previewed previewed) {
        var changes = previewed.changes().size();
        if (environment.getSpec().reconcile() == ReconcileMode.Plan) {
            return new Standing.Stalled(
                    Reason.PlanOnly,
                    "Nothing is written. status.plan shows %d changes; set spec.reconcile to Apply to make them"
                            .formatted(changes));
        }
        return changes == 0
                ? new Standing.Ready(Reason.Paused, "Paused, with everything in place")
                : new Standing.Stalled(
                        Reason.Paused,
                        "Paused with %d changes outstanding, the first at %s. Set spec.reconcile to Apply to make them"
                                .formatted(
                                        changes, previewed.changes().getFirst().ref()));
    }

    private static PlanStatus plan(Pass.Previewed previewed) {
        var changes = previewed.changes();
        return new PlanStatus(
                count(changes, step -> step instanceof Step.Write write && write.why() == Step.Why.NEW),
                count(
                        changes,
                        step -> !(step instanceof Step.Remove)
                                && !(step instanceof Step.Write write && write.why() == Step.Why.NEW)),
                count(changes, Step.Remove.class::isInstance),
                changes.stream().limit(FIRST).map(EnvironmentReporter::describe).toList());
    }

    private static int count(List<Step> steps, Predicate<Step> which) {
        return (int) steps.stream().filter(which).count();
    }

    private static String describe(Step step) {
        return switch (step) {
            case Step.Write write when write.why() == Step.Why.NEW -> "create " + write.ref();
            case Step.Write write -> "change " + write.ref();
            case Step.Remove remove -> "delete " + remove.ref();
            case Step.Keep keep -> "keep " + keep.ref();
            case Step.Wait wait -> "wait for " + wait.ref();
            case Step.HoldBack back -> "hold back " + back.ref();
            case Step.Gone gone -> "forget " + gone.ref();
            case Step.Unserved unserved -> "leave out " + unserved.ref();
            case Step.Leave leave -> "leave " + leave.ref();
        };
    }

    private static Optional<RepairStatus> repair(Pass.Live live, Instant now) {
        return live.outcome()
                .all(Applied.Changed.class)
                .filter(changed -> changed.why().isRepair())
                .findFirst()
                .map(changed -> new RepairStatus(
                        now.truncatedTo(ChronoUnit.SECONDS).toString(),
                        changed.ref().toString(),
                        changed.manager().isEmpty() ? null : changed.manager()));
    }

    private static Drift drift(Pass.Live live, RepairStatus lastRepair) {
        if (live.outcome().all(Applied.Contested.class).findAny().isPresent()) {
            return Drift.Contested;
        }
        return lastRepair == null ? Drift.None : Drift.Repaired;
    }

    private static List<InputStatus> inputs(Draft draft) {
        return draft.live().entrySet().stream()
                .map(it ->
                        new InputStatus(it.getKey().kind().kind(), it.getKey().name(), it.getValue()))
                .toList();
    }

    /** What we know stays; only the standing is new. */
    private static EnvironmentStatus keeping(EnvironmentStatus before, long generation, List<Condition> conditions) {
        return new EnvironmentStatus(
                generation,
                conditions,
                before.cluster(),
                before.className(),
                before.namespaces(),
                before.inputs(),
                before.objects(),
                before.drift(),
                before.lastRepair(),
                null,
                before.reach(),
                before.fingerprint());
    }

    private static EnvironmentStatus described(
            EnvironmentStatus before,
            long generation,
            List<Condition> conditions,
            List<InputStatus> inputs,
            Draft draft,
            Plan plan,
            Drift drift,
            RepairStatus repair,
            @Nullable PlanStatus planned,
            @Nullable ReachStatus reach,
            String fingerprint) {
        var blueprint = draft.blueprint();
        return new EnvironmentStatus(
                generation,
                conditions,
                draft.cluster(),
                blueprint.className(),
                blueprint.namespaces().stream()
                        .map(it -> new NamespaceStatus(it.spec().name(), it.name()))
                        .toList(),
                inputs,
                plan.entries().size(),
                drift,
                repair,
                planned,
                reach,
                fingerprint);
    }
}
