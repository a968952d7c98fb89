package dev.bulkhead.environment.keeping;

import dev.bulkhead.api.v1alpha1.SecretConsumer;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.SecretMaterial;
import dev.bulkhead.environment.Blueprint.TargetNamespace;
import dev.bulkhead.environment.keeping.Others.Restart;
import dev.bulkhead.environment.pillar.SecretWord;
import dev.bulkhead.secrets.report.EntryReport;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Observed;
import dev.bulkhead.secrets.rotation.VersionFacts;
import dev.bulkhead.secrets.rotation.Wish;
import dev.bulkhead.secrets.vault.Arrival;
import dev.bulkhead.secrets.vault.Shelf;
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
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What there is to decide by, entry by entry.
 *
 * @param consumers with what is published now
 * @param inForce entry → the pointer that the target is known to show
 * @param claimants who uses them elsewhere
 * @param sources entry → the keyed hash of the Secret that it comes from
 */
record Observing(
        List<String> namespaces,
        Entries entries,
        Shelf shelf,
        Materials materials,
        Consumers using,
        Reloads reloads,
        Others others,
        Map<String, Long> inForce,
        Map<String, List<Wish>> wishes,
        Claimants claimants,
        Map<String, String> sources,
        Sight sight) {

    static Observing of(
            Blueprint blueprint,
            Entries entries,
            Usage usage,
            Reloads reloads,
            Shelf shelf,
            UnaryOperator<Map<String, SecretMaterial>> texts,
            Map<String, Long> inForce,
            Map<String, List<Wish>> wishes,
            Claimants claimants,
            Map<String, String> sources,
            Sight sight) {
        var materials = new Materials(entries, shelf);
        var secrets = new TreeMap<String, SecretMaterial>(blueprint.secrets());
        secrets.putAll(materials.all());
        var published = texts.apply(secrets);
        var brought = Arrivals.of(blueprint.brought(), shelf.journal());
        return new Observing(
                blueprint.namespaces().stream().map(TargetNamespace::name).toList(),
                entries,
                shelf,
                materials,
                new Consumers(
                        blueprint.workloads(),
                        usage,
                        workload -> SecretWord.of(workload, published, brought),
                        shelf.journal().restarts(),
                        sight),
                reloads,
                new Others(blueprint.delivered(), entries, it -> SecretWord.of(it, published, brought)),
                inForce,
                wishes,
                claimants,
                sources,
                sight);
    }

    Map<String, Observed> all() {
        var all = new TreeMap<String, Observed>();
        var leaves = entries.leaves();
        entries.kept().forEach((name, entry) -> all.put(name, of(entry, leaves.getOrDefault(name, List.of()))));
        return all;
    }

    private Observed of(KeptEntry entry, List<KeptEntry> leaves) {
        var name = entry.name();
        var versions = shelf.of(name);
        var line = shelf.line(name);
        var elsewhere = claimants.of(name);
        // Of what is published nothing is asked as long as the journal knows.
        var published = line.filter(it -> it.current() != 0 && !isAhead(name, it))
                .map(Line::current)
                .orElseGet(() -> sight.published(name));
        return new Observed(
                versions,
                furthest(shown(name), elsewhere.furthest()),
                versions.containsKey(elsewhere.shown()) ? elsewhere.shown() : published,
                all(List.of(
                        using.acceptorsBehind(entry),
                        reloads.acceptorsBehind(name),
                        others.acceptorsBehind(name),
                        elsewhere.acceptors())),
                all(List.of(
                        using.usersBehind(entry),
                        reloads.usersBehind(name),
                        others.usersBehind(name),
                        elsewhere.users())),
                elsewhere.missing(),
                line.map(it -> sight.hooks(name, it)).orElse(Map.of()),
                wishes.getOrDefault(name, List.of()),
                entry.issuer().map(shelf::signing).orElse(0),
                isIssuerTrusted(entry),
                leavesFollow(entry, leaves),
                sources.getOrDefault(name, ""),
                false);
    }

    /** Who is ahead of the journal counts before who isn't. */
    private static long furthest(long here, long elsewhere) {
        return elsewhere == Observed.UNKNOWN || Observed.isAhead(here, elsewhere) ? here : elsewhere;
    }

    private long shown(String entry) {
        return inForce.getOrDefault(entry, Observed.UNKNOWN);
    }

    private boolean isAhead(String entry, Line line) {
        return Observed.isAhead(shown(entry), line.pointer());
    }

    private Optional<VersionFacts> current(KeptEntry entry) {
        return shelf.line(entry.name()).flatMap(line -> shelf.find(entry.name(), line.current()));
    }

    private boolean isIssuerTrusted(KeptEntry entry) {
        return entry.issuer()
                .flatMap(issuer -> current(entry)
                        .map(facts -> materials.acceptedVersions(issuer).contains(facts.issuer())))
                .orElse(true);
    }

    /** Whether everything that a CA signs was signed by its current version, and is in use everywhere. */
    private boolean leavesFollow(KeptEntry authority, List<KeptEntry> leaves) {
        var signing = shelf.line(authority.name()).map(Line::current).orElse(0);
        return leaves.stream().allMatch(leaf -> shelf.line(leaf.name())
                .filter(line -> line.isInUse() && shelf.isSignedBy(signing, leaf.name(), line))
                .isPresent());
    }

    /** The workloads that use an entry, or check others by it. */
    SortedSet<String> consumers(KeptEntry entry) {
        var name = entry.name();
        return all(List.of(
                using.of(entry),
                reloads.of(name),
                others.of(name),
                claimants.of(name).consumers()));
    }

    static SortedSet<String> all(List<? extends Collection<String>> some) {
        return some.stream().flatMap(Collection::stream).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of an entry's consumers, workload → what is known of it, where that isn't with which values its pods were started. */
    Map<String, String> evidence(KeptEntry entry) {
        var told = new HashMap<String, String>();
        var reading = reloads.of(entry.name());
        if (!reading.isEmpty()) {
            var files = reloads.evidence(entry.name());
            reading.forEach(it -> told.put(it, files));
            told.keySet().removeAll(using.of(entry));
        }
        others.of(entry.name()).forEach(it -> told.put(it, others.evidence(it)));
        told.putAll(claimants.of(entry.name()).evidence());
        return told;
    }

    /** Of what others bring: entry → the workloads that use it. */
    SortedMap<String, List<SecretConsumer>> ofBrought() {
        var consumers = new TreeMap<String, List<SecretConsumer>>();
        var behind = all(List.of(using.behindWithBrought(), others.behindWithBrought()));
        for (var entry : entries.brought()) {
            var listing = others.of(entry);
            consumers.put(
                    entry,
                    EntryReport.consumers(
                            all(List.of(using.ofBrought(entry), listing)),
                            behind,
                            listing.stream().collect(Collectors.toMap(Function.identity(), others::evidence))));
        }
        return consumers;
    }

    /** Whether what others bring has made somebody start anew who isn't through with it. */
    boolean isRestarting() {
        return !using.behindWithBrought().isEmpty();
    }

    SortedMap<String, Arrival> arrivals() {
        return Arrivals.seen(shelf.journal(), namespaces, entries.brought(), sight);
    }

    SortedMap<String, String> letThrough() {
        return using.letThrough(settled(), entries.atOnce() - others.restarting());
    }

    /** Of those who are delivered by others, whose turn it is after that. */
    List<Restart> restarts() {
        var room = entries.atOnce() - others.restarting() - using.restarting(letThrough());
        return others.due(settled(), room);
    }

    private Set<String> settled() {
        var kept = entries.kept().keySet().stream().filter(name -> shelf.line(name)
                .map(line -> shown(name) >= line.pointer())
                .orElse(true));
        var claimed = entries.claims().values().stream()
                .filter(claim -> claim.grant().isThere() && shown(claim.name()) >= claim.pointer())
                .map(Claim::name);
        return Stream.concat(kept, claimed).collect(Collectors.toUnmodifiableSet());
    }
}
