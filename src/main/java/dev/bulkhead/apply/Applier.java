package dev.bulkhead.apply;

import dev.bulkhead.apply.Inventory.Held;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Brings a target to a plan, writing only what differs, level by level, the objects of a level in parallel. */
public final class Applier {

    private final Steps steps;
    private final Contests contests;
    private final Writer writer;
    private final Parallel parallel;
    private final Predecessor predecessor = new Predecessor();
    private final Clock clock;

    public Applier(Digest digest, ExecutorService executor, Clock clock) {
        this(digest, executor, WriteRate.unbounded(), clock);
    }

    /** @param rotations how many published values of secrets may be written in a second */
    public Applier(Digest digest, ExecutorService executor, WriteRate rotations, Clock clock) {
        this.contests = new Contests();
        this.steps = new Steps(digest, contests);
        this.writer = new Writer(digest, rotations);
        this.parallel = new Parallel(executor);
        this.clock = clock;
    }

    /** What there would be to do. Writes nothing, asks nothing. */
    public List<Step> preview(Plan plan, Ownership ownership, Target target) {
        return between(plan, ownership, target.inventory(plan.environment()), target);
    }

    public Outcome apply(Plan plan, Ownership ownership, Target target, Consent consent) {
        var before = target.inventory(plan.environment());
        var todo = predecessor.excused(plan.environment(), between(plan, ownership, before, target), target::observed);
        var removals = removals(plan, todo, consent);
        var heldBack = removals.heldBack(consent, before, ownership.uid(), clock.instant());
        var announced = before.announce(creations(todo, before));
        if (!announced.equals(before)) {
            target.store(plan.environment(), announced);
        }
        var pass = new Pass(plan, ownership, target, consent);
        pass.write(todo);
        heldBack.ifPresentOrElse(verdict -> pass.withhold(removals, verdict), () -> pass.remove(removals));
        var after = announced.with(pass.held(), pass.gone());
        // While what the other one had is held back, it is still the other one's.
        if (heldBack.isEmpty() || !announced.isAnothers(ownership.uid())) {
            after = after.ownedBy(ownership.uid());
        }
        if (!after.equals(announced)) {
            target.store(plan.environment(), after);
        }
        predecessor.isPast(plan.environment());
        var word = removals.token();
        return new Outcome(
                pass.results, heldBack.isEmpty() && consent.approvals().contains(word) ? word : "");
    }

    private List<Step> between(Plan plan, Ownership ownership, Inventory before, Target target) {
        return steps.between(
                plan, ownership, before, target::observed, target.owned(plan.environment()), clock.instant());
    }

    private static Removals removals(Plan plan, List<Step> todo, Consent consent) {
        return new Removals(
                plan.environment(),
                todo.stream()
                        .<Held>mapMulti((step, sink) -> {
                            switch (step) {
                                case Step.Remove remove -> sink.accept(remove.held());
                                case Step.Keep keep
                                when consent.namespaces().contains(keep.ref().name()) -> sink.accept(keep.held());
                                default -> {}
                            }
                        })
                        .toList());
    }

    private static Stream<Entry> creations(List<Step> todo, Inventory before) {
        return todo.stream()
                .filter(Step.Write.class::isInstance)
                .map(step -> ((Step.Write) step).entry())
                .filter(entry -> before.find(entry.ref()).isEmpty());
    }

    /** One pass over one environment. */
    private final class Pass {

        private final Map<Ref, Entry> planned;
        private final Ownership ownership;
        private final Target target;
        private final Consent consent;
        private final Remover remover;
        private final List<Applied> results = new ArrayList<>();
        private final Set<String> closedNamespaces = new HashSet<>();
        private final Set<String> freshNamespaces = new HashSet<>();
        private final FreshAccess access = new FreshAccess();
        private final Set<Origin> stuckOrigins = new HashSet<>();

        Pass(Plan plan, Ownership ownership, Target target, Consent consent) {
            this.planned = plan.byRef();
            this.ownership = ownership;
            this.target = target;
            this.consent = consent;
            this.remover = new Remover(ownership, target, consent);
        }

        void write(List<Step> todo) {
            todo.forEach(this::settle);
            for (var level : Level.values()) {
                var writes = todo.stream()
                        .filter(Step.Write.class::isInstance)
                        .map(Step.Write.class::cast)
                        .filter(write -> write.entry().level() == level)
                        .toList();
                parallel.all(writes.stream().map(this::writing).toList()).forEach(this::note);
            }
        }

        /** What needs no request. */
        private void settle(Step step) {
            switch (step) {
                case Step.Leave leave -> results.add(left(leave.ref()));
                case Step.Wait wait -> {
                    closedNamespaces.add(wait.ref().home());
                    results.add(new Applied.Waiting(wait.ref(), wait.message(), Applied.Lack.NAMESPACE));
                }
                case Step.Unserved unserved -> {
                    closeUnsealed(unserved.ref());
                    results.add(new Applied.Refused(unserved.ref(), unserved(unserved.ref())));
                }
                case Step.Gone gone -> results.add(new Applied.Removed(gone.ref()));
                case Step.HoldBack back -> {
                    closeUnsealed(back.ref());
                    results.add(new Applied.Contested(back.ref(), back.contest()));
                }
                case Step.Keep keep
                when !consent.namespaces().contains(keep.ref().name()) ->
                    results.add(new Applied.Kept(keep.ref(), Remover.kept(keep.ref())));
                case Step.Write _, Step.Remove _, Step.Keep _ -> {}
            }
        }

        /** What is as it should be, but on its way out, is made again when it is gone: until then it isn't there. */
        private Applied left(Ref ref) {
            var leaving = target.observed(ref)
                    .filter(it -> it.health().state() == Health.State.TERMINATING)
                    .isPresent();
            return leaving
                    ? new Applied.Waiting(
                            ref,
                            "%s is being deleted, and will be made again. If it stays, a finalizer holds it: see its metadata.finalizers"
                                    .formatted(ref),
                            Applied.Lack.NEIGHBOUR)
                    : new Applied.Unchanged(ref);
        }

        private static String unserved(Ref ref) {
            return "%s is left out: the cluster serves no %s %s. Add that to the cluster, or remove what asks for it here"
                    .formatted(ref, ref.kind().apiVersion(), ref.kind().kind());
        }

        private Callable<Applied> writing(Step.Write write) {
            var home = write.ref().home();
            if (write.ref().kind() != Kind.NAMESPACE && closedNamespaces.contains(home)) {
                return () -> new Applied.Waiting(
                        write.ref(), "Namespace %s isn't there".formatted(home), Applied.Lack.NAMESPACE);
            }
            if (stuckOrigins.contains(write.entry().origin())) {
                return () -> new Applied.Waiting(
                        write.ref(), "Something that it needs isn't there yet", Applied.Lack.NEIGHBOUR);
            }
            return () -> access.ask(
                    write.ref(), () -> writer.write(write, ownership, target, freshNamespaces.contains(home)));
        }

        private void note(Applied applied) {
            results.add(applied);
            access.note(applied);
            var ref = applied.ref();
            switch (applied) {
                case Applied.Created _ when ref.kind() == Kind.NAMESPACE -> freshNamespaces.add(ref.name());
                case Applied.Changed changed
                when changed.why().isRepair() -> contests.repaired(ref, changed.manager(), clock.instant());
                case Applied.Foreign _, Applied.Refused _, Applied.Waiting _ -> {
                    closeUnsealed(ref);
                    holdUp(planned.get(ref).origin());
                }
                default -> {}
            }
        }

        /** A workload whose first object was refused isn't half applied. What the environment itself asks for stands alone. */
        private void holdUp(Origin origin) {
            if (origin.kind() != Origin.Contributor.ENVIRONMENT) {
                stuckOrigins.add(origin);
            }
        }

        /** A namespace that isn't there, or whose deny-all isn't up, must not start pods. */
        private void closeUnsealed(Ref ref) {
            if (ref.kind() == Kind.NAMESPACE || planned.get(ref).level() == Level.DENY) {
                closedNamespaces.add(ref.home());
            }
        }

        void remove(Removals removals) {
            var byLevel = removals.held().stream().collect(Collectors.groupingBy(Held::level));
            Arrays.stream(Level.values())
                    .sorted(Comparator.reverseOrder())
                    .forEach(level -> results.addAll(parallel.all(byLevel.getOrDefault(level, List.of()).stream()
                            .map(this::removing)
                            .toList())));
        }

        void withhold(Removals removals, Applied.Withheld.Verdict verdict) {
            removals.held().forEach(held -> results.add(new Applied.Withheld(held.ref(), verdict)));
        }

        /** Our own access goes last, or what could not be removed yet would stay for ever. */
        private Callable<Applied> removing(Held held) {
            var home = held.ref().home();
            if (held.level() == Level.ACCESS && results.stream().anyMatch(it -> isSecretThatStays(it, home))) {
                return () -> new Applied.Waiting(
                        held.ref(), "Secrets of %s have to go first".formatted(home), Applied.Lack.NEIGHBOUR);
            }
            return () -> remover.remove(held);
        }

        private static boolean isSecretThatStays(Applied applied, String home) {
            return applied.ref().kind() == Kind.SECRET
                    && applied.ref().home().equals(home)
                    && (applied instanceof Applied.Waiting || applied instanceof Applied.Refused);
        }

        Stream<Held> held() {
            return results.stream().mapMulti((result, sink) -> {
                switch (result) {
                    case Applied.Created created -> sink.accept(created.held());
                    case Applied.Changed changed -> sink.accept(changed.held());
                    default -> {}
                }
            });
        }

        Set<Ref> gone() {
            return results.stream()
                    .filter(result -> result instanceof Applied.Removed || result instanceof Applied.Foreign)
                    .map(Applied::ref)
                    .collect(Collectors.toSet());
        }
    }
}
