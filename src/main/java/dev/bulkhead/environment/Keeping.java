package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.Unreadable;
import dev.bulkhead.apply.Adoptions;
import dev.bulkhead.apply.Consent;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.apply.Outcome;
import dev.bulkhead.apply.Published;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.cluster.Connection;
import dev.bulkhead.cluster.Delivered;
import dev.bulkhead.environment.keeping.Entries;
import dev.bulkhead.environment.keeping.Keeper;
import dev.bulkhead.environment.keeping.Kept;
import dev.bulkhead.environment.keeping.Notice;
import dev.bulkhead.environment.keeping.Offers;
import dev.bulkhead.environment.keeping.Sight;
import dev.bulkhead.environment.pillar.Hooks;
import dev.bulkhead.secrets.report.RotationReports;
import dev.bulkhead.secrets.report.Subject;
import dev.bulkhead.secrets.report.Wishes;
import dev.bulkhead.secrets.rotation.HookState;
import dev.bulkhead.secrets.rotation.HookStep;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.vault.Shelf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The step of a pass that keeps the versions of secrets. */
final class Keeping {

    private final Drafting drafting;
    private final Keeper keeper;
    private final Sharing sharing;

    Keeping(Drafting drafting, Keeper keeper, Sharing sharing) {
        this.drafting = drafting;
        this.keeper = keeper;
        this.sharing = sharing;
    }

    Kept keep(Gathered gathered, Acceptance acceptance, Connection target) {
        var scopes = drafting.scopes(gathered, acceptance);
        var entries = Entries.of(scopes, gathered.grants());
        if (entries.isEmpty() && gathered.delivered().isEmpty()) {
            return said(Kept.none(EnvironmentId.of(gathered.environment())), gathered, scopes);
        }
        var blueprint = drafting.draft(gathered, acceptance, target.capabilities(), Adoptions.NONE)
                .blueprint();
        var wishes = Wishes.of(gathered.operations(), subjects(scopes, gathered, gathered.shelf()));
        var kept = keeper.keep(
                blueprint,
                entries,
                made -> Drafting.withTexts(made, scopes, gathered, target.capabilities()),
                wishes,
                () -> sharing.claims(blueprint.environment()),
                sources(entries, gathered),
                new TargetSight(target, blueprint));
        var told = kept.telling(unknown(gathered.delivered(), scopes))
                .telling(drafting.departed(gathered, acceptance).notices());
        return said(told, gathered, scopes);
    }

    private static List<Notice> unknown(List<Delivered> delivered, List<SecretScope> scopes) {
        var declared = scopes.stream()
                .flatMap(scope -> scope.getSpec().entries().stream())
                .map(SecretEntry::name)
                .collect(Collectors.toSet());
        return delivered.stream()
                .flatMap(it -> it.entries().stream()
                        .filter(entry -> !declared.contains(entry))
                        .map(entry -> new Notice(
                                Notice.UNKNOWN_ENTRY,
                                "%s lists %s in annotation %s, and no SecretScope of the environment has that entry. Correct the annotation, or declare the entry"
                                        .formatted(it.title(), entry, Delivered.RESTART_WITH))))
                .toList();
    }

    private static Map<String, String> sources(Entries entries, Gathered gathered) {
        var sources = new TreeMap<String, String>();
        entries.kept()
                .forEach((name, entry) -> gathered.source(entry.entry()).ifPresent(hash -> sources.put(name, hash)));
        return sources;
    }

    /** Nothing is made or rotated while nothing is written. */
    Kept held(Gathered gathered, Acceptance acceptance) {
        return Kept.held(Entries.of(drafting.scopes(gathered, acceptance), gathered.grants()), gathered.shelf());
    }

    private static Kept said(Kept kept, Gathered gathered, List<SecretScope> scopes) {
        return kept.with(RotationReports.of(gathered.operations(), subjects(scopes, gathered, kept.shelf())));
    }

    private static Map<String, Subject> subjects(List<SecretScope> scopes, Gathered gathered, Shelf shelf) {
        var subjects = new TreeMap<String, Subject>();
        scopes.forEach(scope -> scope.getSpec()
                .entries()
                .forEach(
                        entry -> subjects.putIfAbsent(entry.name(), Subject.of(entry, shelf, gathered.source(entry)))));
        return subjects;
    }

    /** What a plan came to, so that what follows from it isn't waited for, and who shares an entry knows. */
    Kept applied(Kept kept, Planned planned, Outcome outcome, Connection target) {
        var blueprint = planned.draft().blueprint();
        var restarted = keeper.restart(kept, target::restart);
        if (kept.entries().isEmpty()) {
            keeper.sharesNothing(blueprint.environment());
            return restarted;
        }
        var claims = sharing.claims(blueprint.environment());
        var live = planned.draft().live();
        keeper.offer(
                blueprint.environment(),
                Offers.of(kept, claims, scope -> live.getOrDefault(Origin.secretScope(scope), 0L)));
        return keeper.applied(blueprint, planned.plan(), outcome, restarted, new TargetSight(target, blueprint));
    }

    /** A pass wrote nothing: what the environment has of others' entries is what it had. */
    void rests(Gathered gathered) {
        keeper.rests(EnvironmentId.of(gathered.environment()));
    }

    /** Takes away the values of entries that nobody declares any more, and that the target doesn't have any more either. */
    void dispose(Gathered gathered, Acceptance acceptance, Connection target, Consent consent) {
        var scopes = gathered.secretScopes();
        if (scopes.stream().anyMatch(it -> Unreadable.of(it).isPresent())) {
            return;
        }
        var id = EnvironmentId.of(gathered.environment());
        var declared = Stream.concat(scopes.stream(), drafting.scopes(gathered, acceptance).stream())
                .flatMap(scope -> scope.getSpec().entries().stream())
                .map(SecretEntry::name)
                .collect(Collectors.toSet());
        var published = target.inventory(id).held().keySet().stream()
                .filter(ref -> ref.kind() == Kind.SECRET)
                .map(Ref::name)
                .collect(Collectors.toSet());
        keeper.dispose(id, entry -> !declared.contains(entry) && !published.contains(entry), consent);
    }

    private record TargetSight(Connection target, Blueprint blueprint) implements Sight {

        @Override
        public Set<String> words(String namespace, String workload) {
            return target.secretWords(namespace, workload);
        }

        @Override
        public Optional<Map<String, String>> brought(Ref secret) {
            return target.broughtSecret(secret.namespace(), secret.name());
        }

        @Override
        public Map<HookStep, HookState> hooks(String entry, Line line) {
            return blueprint.hooks().stream()
                    .filter(run -> run.entry().equals(entry)
                            && run.rotationId().equals(line.rotationId())
                            && run.attempt() == line.attempts())
                    .collect(Collectors.toMap(
                            HookRun::step, run -> Hooks.state(target.observed(Hooks.job(blueprint, run)))));
        }

        @Override
        public long pointer(Ref secret) {
            return target.get(secret).map(Published::pointer).orElse(0L);
        }

        @Override
        public int published(String entry) {
            return blueprint.namespaces().stream()
                    .map(namespace -> new Ref(Kind.SECRET, namespace.name(), entry))
                    .filter(ref -> target.observed(ref).isPresent())
                    .flatMap(ref -> target.get(ref).stream())
                    .mapToInt(Published::version)
                    .max()
                    .orElse(0);
        }
    }
}
