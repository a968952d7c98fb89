package dev.bulkhead.environment.keeping;

import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.secrets.material.Issuers;
import dev.bulkhead.secrets.template.Misspelt;
import dev.bulkhead.secrets.template.Template;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The secret entries of an environment.
 *
 * @param kept those that are made and rotated here, by name
 * @param brought the names of those that other operators bring
 * @param blends keys of any of them that are made of values of others
 * @param claims those that other SecretScopes grant, by name
 * @param withheld the names of those that nobody grants, or not any more
 * @param atOnce how many workloads may be restarting at the same time because of them
 */
public record Entries(
        SortedMap<String, KeptEntry> kept,
        Set<String> brought,
        List<Blend> blends,
        SortedMap<String, Claim> claims,
        SortedSet<String> withheld,
        int atOnce) {

    /**
     * A key whose text has values in it.
     *
     * @param of the entries whose values are in it
     */
    public record Blend(String entry, String key, Set<String> of) {}

    public static Entries of(List<SecretScope> scopes) {
        return of(scopes, Grants.NONE);
    }

    public static Entries of(List<SecretScope> scopes, Grants grants) {
        var all = new TreeMap<String, SecretEntry>();
        scopes.forEach(scope -> scope.getSpec().entries().forEach(entry -> all.putIfAbsent(entry.name(), entry)));
        var issuers = new Issuers(name -> Optional.ofNullable(all.get(name)));
        var kept = new TreeMap<String, KeptEntry>();
        scopes.forEach(scope -> scope.getSpec().entries().stream()
                .filter(KeptEntry::isKept)
                .forEach(entry -> kept.putIfAbsent(
                        entry.name(),
                        new KeptEntry(
                                scope.getMetadata().getName(),
                                scope.getSpec(),
                                entry,
                                issuers.root(entry).orElse(entry).name()))));
        var claims = new TreeMap<String, Claim>();
        var withheld = new TreeSet<String>();
        scopes.forEach(scope -> scope.getSpec().entries().stream()
                .filter(entry -> entry.type() == SecretType.Granted && all.get(entry.name()) == entry)
                .forEach(entry -> claim(scope, entry, grants)
                        .ifPresentOrElse(claim -> claims.put(claim.name(), claim), () -> withheld.add(entry.name()))));
        return new Entries(
                kept,
                all.values().stream()
                        .filter(SecretEntry::broughtByOthers)
                        .map(SecretEntry::name)
                        .collect(Collectors.toUnmodifiableSet()),
                scopes.stream()
                        .flatMap(scope -> scope.getSpec().entries().stream())
                        .flatMap(Entries::blends)
                        .toList(),
                claims,
                withheld,
                scopes.stream()
                        .mapToInt(scope -> scope.getSpec().restarts().maxConcurrent())
                        .min()
                        .orElse(1));
    }

    private static Optional<Claim> claim(SecretScope scope, SecretEntry entry, Grants grants) {
        var name = scope.getMetadata().getName();
        return grants.find(name, entry)
                .map(grant ->
                        new Claim(name, entry.name(), scope.getSpec().restarts().reloadAfter(), grant));
    }

    /** Whether nothing of them is kept in mind: no value has been made, or comes from another environment or operator. */
    public boolean isEmpty() {
        return kept.isEmpty() && brought.isEmpty() && claims.isEmpty() && withheld.isEmpty();
    }

    /** The other entries that one is made from: who signs it, and those whose values are in its texts. */
    public static Stream<String> sources(SecretEntry entry) {
        return Stream.concat(Issuers.of(entry).stream(), blends(entry).flatMap(it -> it.of().stream()))
                .filter(name -> !name.equals(entry.name()));
    }

    private static Stream<Blend> blends(SecretEntry entry) {
        return entry.template().entrySet().stream().flatMap(it -> parsed(it.getValue())
                .map(template -> new Blend(entry.name(), it.getKey(), template.entries(entry.name()))));
    }

    /** What isn't one was accepted by another version of us. */
    private static Stream<Template> parsed(String text) {
        try {
            return Stream.of(Template.parse(text));
        } catch (Misspelt e) {
            return Stream.empty();
        }
    }

    Collection<KeptEntry> all() {
        return kept.values();
    }

    /** CA entry → those that it signs. */
    Map<String, List<KeptEntry>> leaves() {
        return all().stream()
                .filter(entry -> entry.issuer().isPresent())
                .collect(Collectors.groupingBy(entry -> entry.issuer().orElseThrow()));
    }

    /** Entry → the Secrets in which something of it is published: of a CA also those of its leaves. */
    Map<String, Set<String>> publishing() {
        var publishing = new HashMap<String, Set<String>>();
        kept.forEach((name, entry) -> {
            publishing.computeIfAbsent(name, _ -> new TreeSet<>()).add(name);
            publishing.computeIfAbsent(entry.anchor(), _ -> new TreeSet<>()).add(name);
        });
        claims.keySet()
                .forEach(name ->
                        publishing.computeIfAbsent(name, _ -> new TreeSet<>()).add(name));
        blends.forEach(blend -> blend.of()
                .forEach(name ->
                        publishing.computeIfAbsent(name, _ -> new TreeSet<>()).add(blend.entry())));
        return publishing;
    }
}
