package dev.bulkhead.environment.keeping;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.keeping.Reloads.Shown;
import dev.bulkhead.environment.pillar.SecretWord;
import dev.bulkhead.secrets.rotation.Observed;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an environment has of the entries that others grant it. Pure.
 *
 * @param usage who starts anew with another value
 * @param using with what was planned
 * @param reloading who reads another value from files
 * @param others who is delivered by others
 * @param inForce entry → the pointer that the target is known to show
 * @param shown the same, and for how long
 */
record Uptakes(
        Entries entries,
        Usage usage,
        Consumers using,
        Usage reloading,
        Others others,
        Map<String, Long> inForce,
        Map<String, Shown> shown,
        Sight sight,
        Instant now) {

    /** @param blueprint of what was applied */
    static Uptakes of(
            Blueprint blueprint,
            Kept kept,
            Map<String, Long> inForce,
            Map<String, Shown> shown,
            Sight sight,
            Instant now) {
        var journal = kept.shelf().journal();
        var secrets = blueprint.secrets();
        var brought = Arrivals.of(blueprint.brought(), journal);
        var sharing = kept.entries().claims().isEmpty()
                ? Stream.<Blueprint.WorkloadSlice>empty()
                : blueprint.workloads().stream();
        var workloads = sharing.filter(Consumers::stays).toList();
        var usage = new Usage(workloads, kept.entries());
        var using = new Consumers(
                workloads, usage, workload -> SecretWord.of(workload, secrets, brought), journal.restarts(), sight);
        var reloading = Usage.reloading(workloads, kept.entries());
        var others = new Others(blueprint.delivered(), kept.entries(), it -> SecretWord.of(it, secrets, brought));
        return new Uptakes(kept.entries(), usage, using, reloading, others, inForce, shown, sight, now);
    }

    /** Of what its owner has no version in use of, nothing can be said. */
    Map<Claimed, Uptake> by(EnvironmentId claimant) {
        return claims().collect(Collectors.toMap(claim -> claim.by(claimant), this::of));
    }

    private Stream<Claim> claims() {
        return entries.claims().values().stream().filter(claim -> claim.grant().isThere());
    }

    private Uptake of(Claim claim) {
        var name = claim.name();
        return new Uptake(
                pointers(claim),
                isAhead(claim) ? sight.published(name) : 0,
                Observing.all(List.of(using.among(usage.users(name)), reloading.users(name), others.users(name))),
                Observing.all(
                        List.of(using.among(usage.acceptors(name)), reloading.acceptors(name), others.acceptors(name))),
                Observing.all(List.of(using.behind(usage.consumers(name)), readingAnew(claim), others.behind(name))),
                evidence(claim));
    }

    private Map<String, String> evidence(Claim claim) {
        var told = new HashMap<String, String>();
        var files = Reloads.told(read(claim), now);
        reloading.consumers(claim.name()).forEach(it -> told.put(it, files));
        told.keySet().removeAll(usage.consumers(claim.name()));
        others.of(claim.name()).forEach(it -> told.put(it, others.evidence(it)));
        return told;
    }

    /** Those whose files may have something else than what is published. */
    private SortedSet<String> readingAnew(Claim claim) {
        return read(claim).filter(at -> !now.isBefore(at)).isPresent()
                ? new TreeSet<>()
                : reloading.consumers(claim.name());
    }

    private Optional<Instant> read(Claim claim) {
        return Optional.ofNullable(shown.get(claim.name()))
                .flatMap(it -> it.written(claim.pointer(), claim.reloadAfter()));
    }

    private long known(Claim claim) {
        return inForce.getOrDefault(claim.name(), Observed.UNKNOWN);
    }

    private boolean isAhead(Claim claim) {
        return Observed.isAhead(known(claim), claim.pointer());
    }

    private Map<String, Long> pointers(Claim claim) {
        var pointers = new HashMap<String, Long>();
        var owned = claim.grant().entry().name();
        var further = isAhead(claim) ? known(claim) - claim.pointer() : 0;
        claim.grant().pointers().forEach((entry, pointer) -> {
            if (known(claim) == Observed.NOWHERE) {
                pointers.put(entry, Observed.NOWHERE);
            } else if (known(claim) >= claim.pointer()) {
                pointers.put(entry, entry.equals(owned) ? pointer + further : pointer);
            }
        });
        return pointers;
    }

    /** When something of it will have changed by time alone: files are read, or a pod's last moments are over. */
    Optional<Instant> wake() {
        var restarting = claims().filter(
                        claim -> !using.behind(usage.consumers(claim.name())).isEmpty())
                .map(_ -> now.plus(Waking.SOON));
        var reading = claims().filter(
                        claim -> !reloading.consumers(claim.name()).isEmpty())
                .flatMap(claim -> read(claim).stream())
                .filter(now::isBefore);
        return Stream.concat(restarting, reading).min(Instant::compareTo);
    }
}
