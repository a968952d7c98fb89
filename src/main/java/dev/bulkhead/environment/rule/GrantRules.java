package dev.bulkhead.environment.rule;

import dev.bulkhead.api.v1alpha1.SecretClaim;
import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretGrant;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.environment.keeping.Grants.Lack;
import dev.bulkhead.environment.keeping.KeptEntry;
import dev.bulkhead.secrets.material.Keys;
import dev.bulkhead.status.Reason;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a SecretScope may not let others use, and what it claims that nobody lets it use. */
final class GrantRules {

    private final Surroundings around;
    private final SecretScope scope;
    private final Function<SecretScope, Optional<SecretScope>> accepted;

    /** @param accepted what a scope was when it was accepted last */
    GrantRules(Surroundings around, SecretScope scope, Function<SecretScope, Optional<SecretScope>> accepted) {
        this.around = around;
        this.scope = scope;
        this.accepted = accepted;
    }

    Stream<Finding> check() {
        return Stream.concat(grants(), claims());
    }

    private Stream<Finding> grants() {
        var grants = scope.getSpec().grants();
        return IntStream.range(0, grants.size())
                .boxed()
                .flatMap(index -> grant("spec.grants[%d]".formatted(index), grants.get(index)));
    }

    private Stream<Finding> grant(String where, SecretGrant grant) {
        var entry = scope.getSpec().entries().stream()
                .filter(it -> it.name().equals(grant.entry()))
                .findFirst();
        if (entry.isEmpty()) {
            return Finding.of(
                    Reason.GrantImpossible,
                    "%s.entry: this SecretScope has no entry %s. Name one of its own",
                    where,
                    grant.entry());
        }
        if (!KeptEntry.isKept(entry.get())) {
            return Finding.of(
                    Reason.GrantImpossible,
                    "%s.entry: entry %s is of type %s, and its value isn't made here. Let the other SecretScope have it from"
                            + " where it comes from",
                    where,
                    grant.entry(),
                    entry.get().type());
        }
        var grantable = Keys.grantable(entry.get());
        return grant.keys().stream()
                .filter(key -> !grantable.contains(key))
                .flatMap(key -> Finding.of(
                        Reason.GrantImpossible,
                        "%s.keys: entry %s of type %s has no key %s that others can use. Use one of: %s",
                        where,
                        grant.entry(),
                        entry.get().type(),
                        key,
                        Surroundings.names(grantable.stream())));
    }

    private Stream<Finding> claims() {
        var entries = scope.getSpec().entries();
        return IntStream.range(0, entries.size())
                .boxed()
                .filter(index -> entries.get(index).type() == SecretType.Granted)
                .flatMap(index -> Stream.ofNullable(entries.get(index).granted())
                        .flatMap(claim ->
                                claim("spec.entries[%d].granted".formatted(index), entries.get(index), claim)));
    }

    private Stream<Finding> claim(String where, SecretEntry entry, SecretClaim claim) {
        var lack = around.lack(scope, entry);
        if (lack.isPresent()) {
            return Stream.of(new Finding(
                    wasAccepted(entry) ? Reason.GrantTakenBack : Reason.WaitingForGrant,
                    where + ": " + said(lack.get(), claim)));
        }
        return around.isThere(entry)
                ? Stream.empty()
                : Finding.of(
                        Reason.WaitingForSecret,
                        "%s: entry %s of SecretScope %s has no value yet. See its status",
                        where,
                        claim.entry(),
                        claim.scope());
    }

    private boolean wasAccepted(SecretEntry entry) {
        return accepted.apply(scope).stream()
                .flatMap(before -> before.getSpec().entries().stream())
                .anyMatch(before -> before.name().equals(entry.name())
                        && entry.granted() != null
                        && entry.granted().equals(before.granted()));
    }

    private String said(Lack lack, SecretClaim claim) {
        return switch (lack) {
            case NOBODY ->
                "there is no SecretScope %s in namespace %s. Name the one that has the entry"
                        .formatted(claim.scope(), around.environment().namespace());
            case NOT_GRANTED ->
                ("SecretScope %1$s doesn't let SecretScope %3$s use its entry %2$s. Ask who owns it to add to its spec.grants:"
                                + " {entry: %2$s, toScope: %3$s, keys: […]}")
                        .formatted(
                                claim.scope(),
                                claim.entry(),
                                scope.getMetadata().getName());
            case NOT_IN_ORDER ->
                "SecretScope %s lets this one use its entry %s, and isn't in order itself. See its status"
                        .formatted(claim.scope(), claim.entry());
        };
    }
}
