package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretGrant;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.api.v1alpha1.Unreadable;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.environment.keeping.Claimed;
import dev.bulkhead.environment.keeping.Entries;
import dev.bulkhead.environment.keeping.Grant;
import dev.bulkhead.environment.keeping.Grants;
import dev.bulkhead.environment.keeping.Grants.Ask;
import dev.bulkhead.environment.keeping.Grants.Lack;
import dev.bulkhead.secrets.material.Keys;
import dev.bulkhead.secrets.report.ScopeSummary;
import dev.bulkhead.secrets.vault.Shelf;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which entries the SecretScopes of a hub namespace let each other use, read from caches. Never beyond that namespace. */
final class Sharing {

    private final Hub hub;

    Sharing(Hub hub) {
        this.hub = hub;
    }

    /** What an environment may use of what its SecretScopes claim. */
    Grants grants(EnvironmentId claimant) {
        var given = new HashMap<Ask, Grant>();
        var lacking = new HashMap<Ask, Lack>();
        var owners = new HashMap<EnvironmentId, Owner>();
        hub.secretScopes(claimant).stream()
                .filter(Sharing::mayClaim)
                .flatMap(scope -> versions(scope)
                        .flatMap(it -> claims(it).flatMap(entry -> Grants.ask(name(scope), entry).stream())))
                .distinct()
                .forEach(ask -> find(
                                claimant.namespace(),
                                ask,
                                owner -> owners.computeIfAbsent(owner, id -> owner(id, claimant)))
                        .ifPresentOrElse(
                                grant -> given.put(ask, grant),
                                () -> lacking.put(ask, lack(claimant.namespace(), ask))));
        return given.isEmpty() && lacking.isEmpty() ? Grants.NONE : new Grants(given, lacking);
    }

    /**
     * Both versions have to say so, that which is there and that which was accepted: what is granted anew waits until the
     * SecretScope is in order, and what is taken back doesn't.
     */
    private Optional<Grant> find(String namespace, Ask ask, Function<EnvironmentId, Owner> owners) {
        return live(namespace, ask.scope()).flatMap(declared -> hub.accepted(declared)
                .flatMap(accepted -> grant(accepted, ask)
                        .flatMap(was -> isReadable(declared)
                                ? grant(declared, ask).map(is -> narrowed(was, is))
                                : Optional.of(was)))
                .flatMap(grant -> owners.apply(environment(declared)).entry(ask, grant)));
    }

    private static SecretGrant narrowed(SecretGrant one, SecretGrant other) {
        return new SecretGrant(
                one.entry(),
                one.toScope(),
                one.keys().stream().filter(other.keys()::contains).toList());
    }

    /** Who has what is claimed, looked at once for all that one environment claims of it. */
    private record Owner(EnvironmentId id, Entries entries, Shelf shelf) {

        Optional<Grant> entry(Ask ask, SecretGrant granted) {
            return Optional.ofNullable(entries.kept().get(ask.entry()))
                    .filter(entry -> entry.scope().equals(ask.scope()))
                    .map(entry -> {
                        var keys = new TreeSet<>(granted.keys());
                        keys.retainAll(Keys.grantable(entry.entry()));
                        return new Grant(id, entry, keys, entries, shelf);
                    })
                    .filter(grant -> !grant.keys().isEmpty());
        }
    }

    private Owner owner(EnvironmentId owner, EnvironmentId claimant) {
        var entries = Entries.of(hub.secretScopes(owner).stream()
                .filter(Sharing::isLive)
                .sorted((one, other) -> name(one).compareTo(name(other)))
                .flatMap(it -> hub.accepted(it).stream())
                .toList());
        return new Owner(owner, entries, hub.glance(owner, claimant));
    }

    private Lack lack(String namespace, Ask ask) {
        var scope = live(namespace, ask.scope());
        if (scope.isEmpty()) {
            return Lack.NOBODY;
        }
        return grant(scope.get(), ask).isPresent() ? Lack.NOT_IN_ORDER : Lack.NOT_GRANTED;
    }

    /** Who uses entries of an environment elsewhere, as far as it lets them, or has let them a moment ago. */
    List<Claimed> claims(EnvironmentId owner) {
        var claims = hub.secretScopes(owner).stream()
                .filter(Sharing::isLive)
                .flatMap(scope -> meant(scope)
                        .flatMap(it -> it.getSpec().grants().stream())
                        .flatMap(grant -> claims(owner, name(scope), grant)))
                .distinct()
                .toList();
        if (claims.isEmpty()) {
            return claims;
        }
        var lookedAfter = lookedAfter(owner.namespace());
        return claims.stream().filter(it -> lookedAfter.contains(it.claimant())).toList();
    }

    private Stream<Claimed> claims(EnvironmentId owner, String scope, SecretGrant grant) {
        var wanted = new Ask(grant.toScope(), scope, grant.entry());
        return live(owner.namespace(), grant.toScope()).stream().flatMap(claimant -> versions(claimant)
                .flatMap(Sharing::claims)
                .filter(entry -> Grants.ask(grant.toScope(), entry)
                        .filter(wanted::equals)
                        .isPresent())
                .map(entry -> new Claimed(owner, grant.entry(), environment(claimant), entry.name())));
    }

    /** Whoever isn't there, goes, or was let go doesn't take up anything, and nobody waits for them. */
    private Set<EnvironmentId> lookedAfter(String namespace) {
        return hub.environments().stream()
                .filter(it -> it.getMetadata().getNamespace().equals(namespace))
                .filter(it -> it.getMetadata().getDeletionTimestamp() == null
                        && ReleaseMark.on(it).isEmpty())
                .map(EnvironmentId::of)
                .collect(Collectors.toSet());
    }

    private Optional<SecretScope> live(String namespace, String scope) {
        return hub.secretScope(namespace, scope).filter(Sharing::isLive);
    }

    private static boolean isLive(SecretScope scope) {
        return scope.getMetadata().getDeletionTimestamp() == null;
    }

    /** Also what was accepted with a claim that it has no more: status tells, so that nobody else is asked what they were. */
    static boolean mayClaim(SecretScope scope) {
        var status = scope.getStatus();
        return isLive(scope)
                && (isReadable(scope) && claims(scope).findAny().isPresent()
                        || status != null
                                && status.entries().stream().anyMatch(it -> ScopeSummary.GRANTED.equals(it.phase())));
    }

    private Stream<SecretScope> meant(SecretScope scope) {
        return isReadable(scope) ? Stream.of(scope) : hub.accepted(scope).stream();
    }

    /** As it is, if we understand it, and as it was accepted last. */
    private Stream<SecretScope> versions(SecretScope scope) {
        return Stream.concat(Stream.of(scope).filter(Sharing::isReadable), hub.accepted(scope).stream());
    }

    private static boolean isReadable(SecretScope scope) {
        return Unreadable.of(scope).isEmpty();
    }

    private static Stream<SecretEntry> claims(SecretScope scope) {
        return scope.getSpec().entries().stream().filter(it -> it.type() == SecretType.Granted);
    }

    private static Optional<SecretGrant> grant(SecretScope scope, Ask ask) {
        return scope.getSpec().grants().stream()
                .filter(it -> it.entry().equals(ask.entry()) && it.toScope().equals(ask.toScope()))
                .findFirst();
    }

    private static EnvironmentId environment(SecretScope scope) {
        return new EnvironmentId(
                scope.getMetadata().getNamespace(),
                scope.getSpec().environmentRef().name());
    }

    private static String name(SecretScope scope) {
        return scope.getMetadata().getName();
    }
}
