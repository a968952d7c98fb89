package dev.bulkhead.environment.rule;

import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.environment.keeping.KeptEntry;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.vault.Journal;
import dev.bulkhead.status.Reason;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a SecretScope may not declare, and what its entries are made from that isn't there. */
public final class SecretRules {

    private final Surroundings around;
    private final SecretScope scope;
    private final Function<SecretScope, Optional<SecretScope>> accepted;

    /** @param accepted what a scope was when it was accepted last */
    public SecretRules(Surroundings around, SecretScope scope, Function<SecretScope, Optional<SecretScope>> accepted) {
        this.around = around;
        this.scope = scope;
        this.accepted = accepted;
    }

    public List<Finding> check() {
        return Stream.of(
                        number(),
                        each(),
                        new ScheduleRules(scope.getSpec()).check(),
                        new GrantRules(around, scope, accepted).check())
                .flatMap(findings -> findings)
                .toList();
    }

    private Stream<Finding> number() {
        var before = around.keptBefore(scope);
        var here = scope.getSpec().entries().stream().filter(KeptEntry::isKept).count();
        return before + here <= Journal.MOST_ENTRIES
                ? Stream.empty()
                : Finding.of(
                        Reason.TooManySecrets,
                        "spec.entries: environment %s has %d entries already, and with these %d more than can be kept: it has"
                                + " at most %d that are made and rotated here. Declare them in another environment",
                        around.environment().name(),
                        before,
                        here,
                        Journal.MOST_ENTRIES);
    }

    /** An entry that goes, or gets another name, would take a value with it that pods use, or were just told to use. */
    public List<Finding> takenAway() {
        var rotating = around.rotatingForNobody();
        var missed = around.missedEntries();
        return rotating.isEmpty() && missed.isEmpty()
                ? List.of()
                : accepted.apply(scope).stream()
                        .flatMap(before -> before.getSpec().entries().stream())
                        .map(SecretEntry::name)
                        .flatMap(entry -> rotating.containsKey(entry)
                                ? rotating(entry, rotating.get(entry))
                                : missed(entry, missed.getOrDefault(entry, List.of())))
                        .toList();
    }

    private static Stream<Finding> rotating(String entry, Phase phase) {
        return Finding.of(
                Reason.WaitingForRotation,
                "spec.entries: %s is being rotated (%s), and stays as it was until that is over. Then it goes; put it back if"
                        + " it should not",
                entry,
                phase);
    }

    private Stream<Finding> missed(String entry, List<String> users) {
        if (users.isEmpty()) {
            return Stream.empty();
        }
        return !around.isNamed(entry)
                ? Finding.of(
                        Reason.WaitingForWorkload,
                        "spec.entries: %s is used by %s until the edit of that is in force, and stays as it was until then",
                        entry,
                        Surroundings.names(users.stream()))
                : Finding.of(
                        Reason.SecretInUse,
                        "spec.entries: %s is used by %s, and stays as it was until it isn't. Take it away there, or put"
                                + " it back here",
                        entry,
                        Surroundings.names(users.stream()));
    }

    private Stream<Finding> each() {
        var entries = scope.getSpec().entries();
        return IntStream.range(0, entries.size()).boxed().flatMap(index -> {
            var where = "spec.entries[%d]".formatted(index);
            return Stream.of(
                            name(where, entries.get(index)),
                            source(where, entries.get(index)),
                            new HookRules(around).check(where, entries.get(index)),
                            new SecretEntryRules(around, where, entries.get(index)).check())
                    .flatMap(findings -> findings);
        });
    }

    private Stream<Finding> name(String where, SecretEntry entry) {
        return around
                .scopeOf(entry.name())
                .filter(owner -> !owner.getMetadata()
                        .getName()
                        .equals(scope.getMetadata().getName()))
                .stream()
                .flatMap(owner -> Finding.of(
                        Reason.NameTaken,
                        "%s.name: SecretScope %s has an entry %s already, and is older. Choose another name",
                        where,
                        owner.getMetadata().getName(),
                        entry.name()));
    }

    private Stream<Finding> source(String where, SecretEntry entry) {
        if (entry.type() != SecretType.Static) {
            return Stream.empty();
        }
        var from = entry.from();
        if (from == null) {
            return Finding.of(
                    Reason.SourceMissing,
                    "%s.from: a Static entry is made from a Secret of this namespace, and none is named. Set secretRef",
                    where);
        }
        return around.hasSource(entry)
                ? Stream.empty()
                : Finding.of(
                        Reason.WaitingForSecret,
                        "%s.from.secretRef: Secret %s with key %s isn't in namespace %s. Create it, or name another",
                        where,
                        from.secretRef().name(),
                        from.secretRef().key(),
                        around.environment().namespace());
    }
}
