package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.ReconcileMode;
import dev.bulkhead.apply.Adoptions;
import dev.bulkhead.apply.Applier;
import dev.bulkhead.apply.BlastRadius;
import dev.bulkhead.apply.Consent;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Health;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Observation;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.apply.Plan;
import dev.bulkhead.cluster.Connection;
import dev.bulkhead.cluster.Link;
import dev.bulkhead.environment.Blueprint.TargetNamespace;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.environment.Drafting.Draft;
import dev.bulkhead.environment.adoption.Adopter;
import dev.bulkhead.environment.adoption.Recovery;
import dev.bulkhead.environment.keeping.Keeper;
import dev.bulkhead.environment.pillar.CutEdges;
import dev.bulkhead.environment.pillar.Hooks;
import dev.bulkhead.environment.pillar.Prospect;
import dev.bulkhead.environment.reach.ReachBook;
import dev.bulkhead.environment.reach.ReachBook.Basis;
import dev.bulkhead.environment.reach.Reached;
import dev.bulkhead.environment.reach.Reckoning;
import dev.bulkhead.status.Patience;
import dev.bulkhead.status.Reason;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.MDC;

/** One look at an environment: gather, judge, plan, apply. */
public final class EnvironmentPass {

    private static final Set<Kind> RUNS_PODS = Set.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.JOB);

    private final Gatherer gatherer;
    private final Drafting drafting;
    private final Slices slices;
    private final Whereabouts whereabouts;
    private final Applier applier;
    private final Retreat retreat;
    private final ReachBook reach;
    private final Keeping keeping;
    private final Fingerprint fingerprint = new Fingerprint();
    private final EnvironmentPlanner planner = new EnvironmentPlanner();

    public EnvironmentPass(
            Hub hub,
            String hubId,
            Slices slices,
            Whereabouts whereabouts,
            Applier applier,
            Retreat retreat,
            ReachBook reach,
            Keeper keeper) {
        this.gatherer = new Gatherer(hub);
        this.drafting = new Drafting(hubId, slices);
        this.slices = slices;
        this.whereabouts = whereabouts;
        this.applier = applier;
        this.retreat = retreat;
        this.reach = reach;
        this.keeping = new Keeping(drafting, keeper, new Sharing(hub));
    }

    /** @param operations the open ones about this environment */
    public Pass look(Environment environment, List<Operation> operations) {
        return switch (gatherer.gather(environment, operations)) {
            case Gathering.Missing missing -> new Pass.Missing(missing.reason(), missing.message());
            case Gathered gathered -> look(gathered);
        };
    }

    private Pass look(Gathered gathered) {
        try (var _ = MDC.putCloseable("cluster", gathered.cluster())) {
            var pass = onCluster(gathered);
            if (!(pass instanceof Pass.Live)) {
                keeping.rests(gathered);
            }
            return pass;
        }
    }

    private Pass onCluster(Gathered gathered) {
        return switch (whereabouts.link(gathered.cluster())) {
            case Link.Open open -> on(open.connection(), gathered);
            case Link.Connecting _ -> away(gathered, "it is being connected");
            case Link.Broken broken -> away(gathered, broken.message());
        };
    }

    private static Pass away(Gathered gathered, String message) {
        return new Pass.Missing(
                Reason.WaitingForCluster, "TargetCluster %s: %s".formatted(gathered.cluster(), message));
    }

    private Pass on(Connection target, Gathered gatheredInHub) {
        var found = gatheredInHub.with(target.delivered(gatheredInHub.targetNamespaces()));
        var judged = judge(found, target);
        if (!judged.problems().isEmpty()) {
            return new Pass.Impossible(judged);
        }
        if (found.environment().getSpec().reconcile() != ReconcileMode.Apply) {
            var planning = planning(found, judged, target);
            var planned = planning.apply(adoptions(found, target, planning));
            var steps = applier.preview(planned.plan(), planned.ownership(), target);
            return new Pass.Previewed(judged, planned.draft(), planned.plan(), steps, keeping.held(found, judged));
        }
        var kept = keeping.keep(found, judged, target);
        var gathered = found.with(kept.shelf());
        // A value that was just made is what a workload may have waited for.
        var acceptance = kept.shelf().equals(found.shelf()) ? judged : judge(gathered, target);
        var planning = planning(gathered, acceptance, target);
        var adopted = adoptions(gathered, target, planning);
        remember(gathered, acceptance);
        var adopting = Adopter.adopt(gathered.operations(), adopted, target, planning);
        var draft = adopting.planned().draft();
        var plan = adopting.planned().plan();
        var consent = consent(gathered, draft, plan);
        var outcome = applier.apply(plan, adopting.planned().ownership(), target, consent);
        keeping.dispose(gathered, acceptance, target, consent);
        var shape = fingerprint.of(plan);
        return new Pass.Live(
                acceptance,
                draft,
                plan,
                outcome,
                health(draft, plan, target),
                adopting.reports(outcome),
                shape,
                reached(adopting.planned(), shape, target),
                target.unmeshed(gathered.targetNamespaces()),
                keeping.applied(kept, adopting.planned(), outcome, target));
    }

    private Acceptance judge(Gathered gathered, Connection target) {
        return Acceptance.of(gathered, target.capabilities(), target.profiled(gathered.targetNamespaces()), slices);
    }

    private Function<Adoptions, Planned> planning(Gathered gathered, Acceptance acceptance, Connection target) {
        return adopted -> {
            var draft = drafting.draft(gathered, acceptance, target.capabilities(), adopted);
            return new Planned(draft, planner.plan(draft.blueprint()));
        };
    }

    /** Worked out anew only if something is new. */
    private Reached reached(Planned planned, String shape, Connection target) {
        var blueprint = planned.draft().blueprint();
        var prospect = new Prospect(blueprint, planned.plan());
        if (prospect.isUntold()) {
            return new Reached.Untold("What the cluster serves isn't known, its mesh among it");
        }
        var intents = prospect.intents();
        var home = blueprint.namespaces().stream().map(TargetNamespace::name).collect(Collectors.toSet());
        return reach.look(
                blueprint.environment(),
                new Basis(shape, intents, blueprint.capabilities(), target.foreign(home)),
                () -> new Reckoning(Prospect.world(List.of(prospect), blueprint.capabilities()), home, intents));
    }

    /** Of what was adopted, that which is still there. What was deleted since is made anew, and whole. */
    private static Adoptions adoptions(Gathered gathered, Connection target, Function<Adoptions, Planned> planning) {
        var environment = gathered.environment();
        var inventory = target.inventory(EnvironmentId.of(environment));
        if (inventory.held().isEmpty()
                && environment.getSpec().namespaces().stream().anyMatch(it -> it.existingName() != null)) {
            return Recovery.adoptions(planning.apply(Adoptions.NONE), target);
        }
        return inventory.adoptions().where((ref, adoption) -> target.observed(ref)
                .map(Observation::uid)
                // Somebody who takes our labels off it takes it out of our sight, and not away.
                .or(() -> target.get(ref).map(it -> it.getMetadata().getUid()))
                .filter(adoption.uid()::equals)
                .isPresent());
    }

    private Consent consent(Gathered gathered, Draft draft, Plan plan) {
        var environment = gathered.environment();
        var metadata = environment.getMetadata();
        var radius = gathered.environmentClass().blastRadius();
        var workloads = draft.blueprint().workloads().stream().map(WorkloadSlice::name);
        return OperationConsent.of(gathered.operations(), plan)
                .within(new BlastRadius(radius.objects(), radius.namespaces(), radius.edges()))
                .cutting(new CutEdges(workloads, plan)::cuts)
                .uncounted(Hooks::isOfARun)
                .settledAt(Instant.parse(metadata.getCreationTimestamp()).plus(Patience.LIMIT))
                .unless(() -> retreat.reason(metadata.getNamespace()).or(() -> retreat.unsettled(environment)));
    }

    private void remember(Gathered gathered, Acceptance acceptance) {
        gathered.contributors().forEach((origin, contributor) -> {
            if (acceptance.verdicts().get(origin) instanceof Verdict.Accepted) {
                slices.accept(gathered.environment(), contributor);
            }
        });
        drafting.departed(gathered, acceptance).over().forEach(slices::drop);
    }

    private static Map<Origin, Health> health(Draft draft, Plan plan, Connection target) {
        var health = new HashMap<Origin, Health>();
        for (var workload : draft.blueprint().workloads()) {
            plan.entries().stream()
                    .filter(entry -> entry.origin().equals(workload.origin()))
                    .map(Entry::ref)
                    .filter(ref -> RUNS_PODS.contains(ref.kind()))
                    .flatMap(ref -> target.observed(ref).stream())
                    .map(Observation::health)
                    .max(Comparator.comparing(Health::state))
                    .map(it -> it.isWell() ? it : explained(it, workload, target))
                    .ifPresent(it -> health.put(workload.origin(), it));
        }
        return Map.copyOf(health);
    }

    /** A count says that something is wrong; the pods say what. */
    private static Health explained(Health health, WorkloadSlice workload, Connection target) {
        return target.podProblem(workload.namespace(), workload.name())
                .map(problem -> health.withMessage(health.message() + "; " + problem))
                .orElse(health);
    }
}
