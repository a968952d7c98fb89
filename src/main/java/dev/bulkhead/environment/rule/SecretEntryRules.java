package dev.bulkhead.environment.rule;

import dev.bulkhead.api.v1alpha1.PasswordSettings;
import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.api.v1alpha1.Span;
import dev.bulkhead.secrets.material.Issuers;
import dev.bulkhead.status.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** What an entry that is made here may not ask for, and who signs it that isn't there. */
final class SecretEntryRules {

    /** What nobody guesses, whatever they can afford. */
    private static final int BITS = 80;

    /** A certificate begins some minutes before it is made, and is replaced at a part of its life. */
    private static final Duration SHORTEST = Duration.ofHours(1);

    private final Surroundings around;
    private final String where;
    private final SecretEntry entry;

    /** @param where the entry's place in its SecretScope */
    SecretEntryRules(Surroundings around, String where, SecretEntry entry) {
        this.around = around;
        this.where = where;
        this.entry = entry;
    }

    Stream<Finding> check() {
        return Stream.of(
                        password(),
                        issuer(),
                        shortLife(),
                        new TemplateRules(around, where, entry).check(),
                        new BroughtRules(around, where, entry).check())
                .flatMap(findings -> findings);
    }

    private Stream<Finding> password() {
        return Stream.ofNullable(entry.password()).flatMap(this::chance);
    }

    private Stream<Finding> chance(PasswordSettings password) {
        var letters = password.alphabet().chars().distinct().count();
        var bitsOfEach = Math.log(letters) / Math.log(2);
        return password.length() * bitsOfEach >= BITS
                ? Stream.empty()
                : Finding.of(
                        Reason.SecretTooWeak,
                        "%s.password: %d characters of %d can be guessed, they make %d bits of the %d that it takes. Set length"
                                + " to %d or more, or add characters to alphabet",
                        where,
                        password.length(),
                        letters,
                        (long) (password.length() * bitsOfEach),
                        BITS,
                        (long) Math.ceil(BITS / bitsOfEach));
    }

    private Stream<Finding> shortLife() {
        var own = validity(entry);
        return own.isZero() || entry.broughtByOthers() || own.compareTo(SHORTEST) >= 0
                ? Stream.empty()
                : Finding.of(
                        Reason.ScheduleImpossible,
                        "%s.validity: a certificate of less than an hour would have to be replaced as soon as it is made. Set it"
                                + " to 1h or more",
                        settings());
    }

    private Stream<Finding> issuer() {
        return Issuers.of(entry).stream().flatMap(name -> issuer(name, around.entry(name)));
    }

    private Stream<Finding> issuer(String name, Optional<SecretEntry> issuer) {
        if (issuer.isEmpty()) {
            return Finding.of(
                    Reason.WaitingForSecret,
                    "%s.issuer: no SecretScope of environment %s has an entry %s. Add a CA of that name to one, or name"
                            + " another",
                    settings(),
                    around.environment().name(),
                    name);
        }
        if (issuer.get().type() != SecretType.CA) {
            return Finding.of(
                    Reason.IssuerImpossible,
                    "%s.issuer: entry %s is of type %s and can't sign. Name one of type CA",
                    settings(),
                    name,
                    issuer.get().type());
        }
        if (isInACircle(name)) {
            return Finding.of(
                    Reason.IssuerImpossible,
                    "%s.issuer: %s is signed by %s, and that in the end by itself. Take issuer off the CA at the top",
                    settings(),
                    entry.name(),
                    name);
        }
        return life(name, issuer.get());
    }

    private boolean isInACircle(String first) {
        return new Issuers(name -> around.entry(name)).circles(first);
    }

    /** Else what is signed in the second half of a CA's life would end with it, before its time. */
    private Stream<Finding> life(String name, SecretEntry issuer) {
        var own = validity(entry);
        var above = validity(issuer);
        return own.multipliedBy(2).compareTo(above) <= 0
                ? Stream.empty()
                : Finding.of(
                        Reason.IssuerImpossible,
                        "%s.validity: what CA %s signs may live half as long as it, which lives %s. Set validity to no more"
                                + " than that, or that of %s to at least twice as much",
                        settings(),
                        name,
                        issuer.ca() == null ? "" : issuer.ca().validity(),
                        name);
    }

    private static Duration validity(SecretEntry entry) {
        return Optional.ofNullable(entry.tls())
                .map(it -> it.validity())
                .or(() -> Optional.ofNullable(entry.ca()).map(it -> it.validity()))
                .map(Span::of)
                .orElse(Duration.ZERO);
    }

    private String settings() {
        return where + (entry.type() == SecretType.CA ? ".ca" : ".tls");
    }
}
