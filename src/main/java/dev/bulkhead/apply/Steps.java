package dev.bulkhead.apply;

import dev.bulkhead.apply.Inventory.Held;
import dev.bulkhead.apply.Step.Why;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The difference between a plan and a target, as steps. Reads only memory: for an environment that is as it should be,
 * every step is {@link Step.Leave} and no request is sent.
 */
public final class Steps {

    private final Digest digest;
    private final Contests contests;

    public Steps(Digest digest, Contests contests) {
        this.digest = digest;
        this.contests = contests;
    }

    /** @param owned everything in the target that carries the environment's labels */
    public List<Step> between(
            Plan plan,
            Ownership ownership,
            Inventory inventory,
            Function<Ref, Optional<Observation>> observed,
            List<Observation> owned,
            Instant now) {
        var blocked = blockedNamespaces(plan, observed);
        var steps = new ArrayList<Step>();
        var planned = plan.byRef();
        for (var entry : planned.values()) {
            var seen = observed.apply(entry.ref());
            if (blocked.contains(entry.ref().home())) {
                steps.add(new Step.Wait(
                        entry.ref(),
                        "Namespace %s is being deleted".formatted(entry.ref().home())));
            } else if (plan.unserved().contains(entry.ref().kind()) && seen.isEmpty()) {
                steps.add(new Step.Unserved(entry.ref()));
            } else {
                steps.add(step(entry, ownership, inventory, seen, now));
            }
        }
        inventory.held().values().stream()
                .filter(held -> !planned.containsKey(held.ref()))
                .filter(held -> !isEvidence(plan, held.ref(), observed.apply(held.ref())))
                .forEach(held -> {
                    var seen = observed.apply(held.ref());
                    steps.add(
                            plan.unserved().contains(held.ref().kind()) && seen.isEmpty()
                                    ? new Step.Gone(held.ref())
                                    : gone(held, seen));
                });
        // An inventory can be lost, but not what it named.
        owned.stream()
                .filter(it -> ownership.owns(it.labels()))
                .filter(it -> !planned.containsKey(it.ref()))
                .filter(it -> inventory.find(it.ref()).isEmpty())
                .forEach(it -> steps.add(gone(Held.found(it), Optional.of(it))));
        return steps;
    }

    private static boolean isEvidence(Plan plan, Ref ref, Optional<Observation> observed) {
        return plan.evidence().contains(ref)
                && observed.filter(it -> it.health().state() == Health.State.FAILED)
                        .isPresent();
    }

    private static Step gone(Held held, Optional<Observation> observed) {
        return observed.filter(Observation::isKept).isPresent() ? new Step.Keep(held) : new Step.Remove(held);
    }

    private Step step(
            Entry entry, Ownership ownership, Inventory inventory, Optional<Observation> observed, Instant now) {
        var ref = entry.ref();
        var desired = digest(entry);
        var held = inventory.find(ref);
        var ours = observed.map(it -> ownership.owns(it.labels())).orElse(false);
        if (held.isEmpty()) {
            return new Step.Write(entry, desired, ours ? Why.OURS_AGAIN : Why.NEW, "");
        }
        if (held.get().isAdoption() && !ours) {
            return new Step.Write(entry, desired, Why.ADOPTED, held.get().uid());
        }
        var announcedOnly = held.get().desired().isEmpty();
        // An announcement claims nothing: what is there may be another environment's.
        if (announcedOnly && !ours) {
            return new Step.Write(entry, desired, Why.NEW, "");
        }
        if (observed.filter(Observation::isKept).isPresent()) {
            return new Step.Write(entry, desired, Why.OURS_AGAIN, held.get().uid());
        }
        if (!held.get().desired().equals(desired)) {
            var why = inventory.isAnothers(ownership.uid()) ? Why.OURS_AGAIN : Why.CHANGED;
            return new Step.Write(entry, desired, why, held.get().uid());
        }
        if (held.get().digest().isEmpty()) {
            return new Step.Write(entry, desired, Why.UNKNOWN, held.get().uid());
        }
        if (observed.isPresent() && observed.get().digest().equals(held.get().digest())) {
            return new Step.Leave(ref);
        }
        return contests.holdBack(ref, now)
                .<Step>map(contest -> new Step.HoldBack(ref, contest))
                .orElseGet(() -> new Step.Write(
                        entry,
                        desired,
                        observed.isEmpty() ? Why.DELETED : Why.EDITED,
                        held.get().uid()));
    }

    /** What an entry wants, in one short string. */
    public String digest(Entry entry) {
        return switch (entry) {
            case Entry.ObjectEntry object -> digest.of(object.object());
            case Entry.SecretEntry secret ->
                digest.of(List.of(secret.labels(), secret.annotations(), sources(secret), secret.version()));
        };
    }

    private static List<String> sources(Entry.SecretEntry secret) {
        return secret.sources().entrySet().stream()
                .map(source -> source.getKey() + "=" + source.getValue())
                .sorted()
                .toList();
    }

    private static Set<String> blockedNamespaces(Plan plan, Function<Ref, Optional<Observation>> observed) {
        return plan.entries().stream()
                .map(Entry::ref)
                .filter(ref -> ref.kind() == Kind.NAMESPACE)
                .filter(ref -> observed.apply(ref)
                        .map(it -> it.health().state() == Health.State.TERMINATING)
                        .orElse(false))
                .map(Ref::name)
                .collect(Collectors.toSet());
    }
}
