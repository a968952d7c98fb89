package dev.bulkhead.mesh;

import dev.bulkhead.api.v1alpha1.MeshIdentityStatus;
import dev.bulkhead.mesh.MeshSite.Rollout;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.rotation.VersionFacts;
import dev.bulkhead.secrets.vault.Shelf;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Who isn't there yet, as far as a rotation waits for it. Pure.
 *
 * @param identity whether identity may still sign with the issuer before
 * @param leaves the pods whose proxy may still have a certificate of the issuer before, which leads to the anchor before
 * @param rollouts what of the control plane doesn't run with the anchor that is shown
 * @param anchors the pods whose proxy doesn't trust it
 */
record Evidence(boolean identity, List<String> leaves, List<String> rollouts, List<String> anchors) {

    static final Evidence NOTHING_TO_PROVE = new Evidence(false, List.of(), List.of(), List.of());

    /** What the clocks of a node and ours may be apart. */
    static final Duration CLOCKS = Duration.ofMinutes(5);

    /** Whether identity and the pods have to be asked at all. What is lost waits for somebody, and not for them. */
    static boolean isNeeded(Shelf shelf) {
        return Stream.of(MeshEntries.ANCHOR, MeshEntries.ISSUER)
                .flatMap(entry -> shelf.line(entry).stream())
                .anyMatch(it -> it.phase() != Phase.Stable && it.phase() != Phase.Lost);
    }

    /** @param proxies asked only while something is to be proved by them */
    static Evidence of(
            Shelf shelf,
            Prints prints,
            Seen seen,
            Identity identity,
            List<Rollout> rollouts,
            Supplier<List<Proxy>> proxies,
            Instant now) {
        return new Evidence(
                isUnread(shelf, seen, identity),
                shelf.line(MeshEntries.ISSUER)
                        .filter(line -> line.phase() == Phase.Draining && leadsElsewhere(shelf, line))
                        .map(line -> leaves(line, seen.settingsOrDefaults(), proxies, now))
                        .orElse(List.of()),
                shown(shelf, prints)
                        .map(it -> rollouts.stream()
                                .filter(rollout -> !rollout.isDone(Linkerd.word(it)))
                                .map(rollout -> "Deployment %s/%s".formatted(Linkerd.NAMESPACE, rollout.name()))
                                .toList())
                        .orElse(List.of()),
                shown(shelf, prints).map(it -> anchors(it, proxies.get())).orElse(List.of()));
    }

    /** It is asked once: when the issuer drains it was seen, and Events are gone after an hour. */
    private static boolean isUnread(Shelf shelf, Seen seen, Identity identity) {
        return shelf.line(MeshEntries.ISSUER)
                        .filter(it -> it.phase() == Phase.Published || it.phase() == Phase.Converging)
                        .isPresent()
                && seen.issuer()
                        .flatMap(Seen.Stored::written)
                        .filter(written -> !identity.hasRead(written))
                        .isPresent();
    }

    /** What the issuer before has signed is good where the present one's is, unless another anchor stands behind it. */
    private static boolean leadsElsewhere(Shelf shelf, Line issuer) {
        var signers = Stream.of(issuer.current(), issuer.previous())
                .flatMap(version -> shelf.find(MeshEntries.ISSUER, version).stream())
                .map(VersionFacts::issuer)
                .distinct()
                .count();
        return signers > 1;
    }

    /** It began to drain when identity was seen to sign with the present one. A proxy that starts asks for a certificate. */
    private static List<String> leaves(
            Line issuer, Seen.Settings settings, Supplier<List<Proxy>> proxies, Instant now) {
        var since = issuer.since();
        var ended = since.plus(settings.leafLife()).plus(settings.skew()).plus(CLOCKS);
        return now.isBefore(ended)
                ? proxies.get().stream()
                        .filter(it -> it.started()
                                .filter(started -> !started.isAfter(since.plus(CLOCKS)))
                                .isPresent())
                        .map(Proxy::pod)
                        .sorted()
                        .toList()
                : List.of();
    }

    /** The anchor that all have to trust; empty while it isn't shown. */
    private static Optional<String> shown(Shelf shelf, Prints prints) {
        var publication = Publication.of(shelf);
        return prints.anchors(publication).stream()
                .filter(_ -> publication.restarts())
                .findFirst();
    }

    private static List<String> anchors(String print, List<Proxy> proxies) {
        return proxies.stream()
                .filter(it -> !it.trusts(print, Linkerd.word(print)))
                .map(Proxy::pod)
                .sorted()
                .toList();
    }

    /** The pods that the rotation waits for now. */
    List<String> pods() {
        return leaves.isEmpty() ? anchors : leaves;
    }

    Set<String> acceptors() {
        return some(Stream.concat(rollouts.stream(), anchors.stream()).toList());
    }

    Set<String> users() {
        return identity ? Set.of("Deployment %s/%s".formatted(Linkerd.NAMESPACE, Linkerd.IDENTITY)) : some(leaves);
    }

    /** As many as anybody reads. */
    private static Set<String> some(List<String> all) {
        var some =
                new TreeSet<>(all.stream().limit(MeshIdentityStatus.MOST_NAMED).toList());
        if (all.size() > some.size()) {
            some.add("%d others".formatted(all.size() - some.size()));
        }
        return some;
    }
}
