package dev.bulkhead.mesh;

import dev.bulkhead.api.v1alpha1.MeshAnchorSource;
import dev.bulkhead.secrets.material.Minted;
import dev.bulkhead.secrets.report.EntryReport;
import dev.bulkhead.secrets.report.RotationNews;
import dev.bulkhead.secrets.rotation.Decision;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.rotation.Rotation;
import dev.bulkhead.secrets.rotation.Wish;
import dev.bulkhead.secrets.vault.Shelf;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One look at one cluster's mesh: as far as it can be gone now. First the journal knows of a step, then the vault, then
 * the cluster; so whoever is stopped in between finds where it was, and what proves it is asked for anew.
 */
final class MeshCourse {

    private static final int ROUNDS = 16;

    /** A kubelet hears of a ConfigMap some moments after it was written, and gives it to who starts then. */
    private static final Duration HEARD = Duration.ofSeconds(10);

    /** A kubelet brings a Secret into a pod within two minutes. */
    private static final Duration READ = Duration.ofMinutes(10);

    private final MeshVault vault;
    private final MeshEntries entries;
    private final Optional<MeshAnchorSource> from;
    private final Map<String, List<Wish>> wishes;
    private final MeshSite site;
    private final Instant now;
    private final SortedMap<String, Line> before;
    private Shelf shelf;
    private Prints prints;
    private Seen seen;
    private @Nullable Facts facts;
    private @Nullable List<Proxy> proxies;
    private Evidence evidence = Evidence.NOTHING_TO_PROVE;
    private Map<String, Decision> decisions = Map.of();

    /** What is asked for once, and only while something has to be proved. */
    private record Facts(Identity identity, List<MeshSite.Rollout> rollouts) {}

    /**
     * What a look came to.
     *
     * @param refusal what identity says of the issuer that it should have taken up
     * @param wake when time alone may bring the next step
     */
    record Result(
            Map<String, EntryReport> reports,
            Evidence evidence,
            Optional<String> refusal,
            List<RotationNews.News> news,
            Pace pace,
            Optional<Instant> wake) {

        /** How long nobody has to look. */
        Duration pause(Instant now) {
            return wake.map(it -> Duration.between(now, it))
                    .filter(it -> it.isPositive() && it.compareTo(pace.usual) < 0)
                    .orElse(pace.usual);
        }
    }

    /** How soon something may have changed. */
    enum Pace {
        /** It goes by itself. */
        QUICK(Duration.ofSeconds(5)),
        /** Somebody brings back what the vault lacks, and nothing goes on before. */
        LOST(Duration.ofSeconds(20)),
        /** Certificates end, and pods are restarted, when they are: all of the cluster's are listed meanwhile. */
        PATIENT(Duration.ofMinutes(5)),
        AT_REST(Duration.ofMinutes(30));

        private final Duration usual;

        Pace(Duration usual) {
            this.usual = usual;
        }
    }

    MeshCourse(
            MeshVault vault,
            MeshEntries entries,
            Optional<MeshAnchorSource> from,
            Map<String, List<Wish>> wishes,
            MeshSite site,
            Instant now) {
        this.vault = vault;
        this.entries = entries;
        this.from = from;
        this.wishes = wishes;
        this.site = site;
        this.now = now;
        this.shelf = vault.open(entries.id());
        this.before = shelf.journal().lines();
        this.prints = vault.prints(entries.id(), shelf);
        this.seen = site.look();
    }

    /** @throws MeshRefused when somebody has to act first */
    Result go() {
        for (var round = 0; round < ROUNDS && goOn(); round++) {
            shelf = vault.open(entries.id());
            prints = vault.prints(entries.id(), shelf);
        }
        restart();
        var result = result();
        if (result.pace == Pace.LOST || result.pace == Pace.AT_REST) {
            // Others may have been at it by the next look: an escrow is imported behind our back.
            vault.forget(entries.id());
        }
        return result;
    }

    private boolean goOn() {
        Obstacles.check(seen, shelf, prints, given());
        if (publish()) {
            seen = site.look();
        }
        evidence = Evidence.isNeeded(shelf) ? evidence(asked()) : Evidence.NOTHING_TO_PROVE;
        var observing = new MeshObserving(shelf, prints, seen, evidence, wishes);
        decisions = Map.of(
                MeshEntries.ANCHOR, decide(MeshEntries.ANCHOR, observing),
                MeshEntries.ISSUER, decide(MeshEntries.ISSUER, observing));
        var lines = new TreeMap<>(shelf.journal().lines());
        decisions.forEach((entry, decision) -> lines.put(entry, decision.line()));
        var next = shelf.journal().withLines(lines);
        var changed = !next.equals(shelf.journal());
        if (changed) {
            vault.store(next);
        }
        var acted = vault.act(entries, from, decisions);
        return changed || acted;
    }

    private Optional<List<String>> given() {
        return shelf.of(MeshEntries.ANCHOR).isEmpty() ? vault.given(entries.id(), from) : Optional.empty();
    }

    private Decision decide(String entry, MeshObserving observing) {
        return Rotation.decide(
                entries.terms().get(entry),
                shelf.line(entry),
                entry.equals(MeshEntries.ANCHOR) ? observing.anchor() : observing.issuer(),
                now);
    }

    private Facts asked() {
        var known = facts;
        if (known == null) {
            known = new Facts(site.identity(), site.rollouts());
            facts = known;
        }
        return known;
    }

    /** All pods of the cluster are listed for it: once in a look, and only if something is to be proved by them. */
    private List<Proxy> proxies() {
        var known = proxies;
        if (known == null) {
            known = site.proxies();
            proxies = known;
        }
        return known;
    }

    private Evidence evidence(Facts known) {
        return Evidence.of(shelf, prints, seen, known.identity(), known.rollouts(), this::proxies, now);
    }

    /** @return whether anything was written */
    private boolean publish() {
        var publication = Publication.of(shelf);
        var anchors = prints.anchors(publication);
        if (!anchors.isEmpty() && !anchors.equals(seen.anchorPrints())) {
            site.writeAnchors(seen.anchors(), publication.anchor(), vault.anchors(entries.id(), publication.anchor()));
            return true;
        }
        var chain = prints.chain(publication);
        // With the anchor that signed it the bridge is lost, too: then what is shown stays.
        var isWhole = shelf.find(MeshEntries.ANCHOR, publication.signer()).isPresent();
        if (isWhole && !chain.isEmpty() && !chain.equals(seen.issuerPrints())) {
            var data = vault.issuer(entries.id(), publication);
            try {
                site.writeIssuer(seen.issuer(), publication.issuer(), data);
            } finally {
                Minted.wipe(data);
            }
            return true;
        }
        return false;
    }

    /** Its own pods and no others: everybody else gets the anchor when they are started for reasons of their own. */
    private void restart() {
        var publication = Publication.of(shelf);
        if (publication.restarts() && isOver(seen.anchors(), HEARD)) {
            var word = Linkerd.word(prints.anchors(publication).getFirst());
            restart(Linkerd.CONTROL_PLANE, Linkerd.ANCHOR_WORD, word);
        }
        if (evidence.identity() && isOver(seen.issuer(), READ)) {
            var word = Linkerd.word(prints.chain(publication).getFirst());
            restart(List.of(Linkerd.IDENTITY), Linkerd.ISSUER_WORD, word);
        }
    }

    private void restart(List<String> names, String annotation, String word) {
        asked().rollouts().stream()
                .filter(it ->
                        names.contains(it.name()) && !word.equals(it.words().get(annotation)))
                .forEach(it -> site.restart(it.name(), annotation, word));
    }

    private boolean isOver(Optional<Seen.Stored> written, Duration since) {
        return written.flatMap(Seen.Stored::written)
                .filter(it -> !now.isBefore(it.plus(since)))
                .isPresent();
    }

    private Result result() {
        var lines = shelf.journal().lines();
        return new Result(
                reports(),
                evidence,
                seen.issuer().flatMap(Seen.Stored::written).flatMap(written -> Optional.ofNullable(facts)
                        .flatMap(it -> it.identity().refused(written))),
                RotationNews.of(before, lines),
                pace(),
                decisions.values().stream()
                        .flatMap(it -> Stream.ofNullable(it.wake()))
                        .min(Instant::compareTo));
    }

    private Pace pace() {
        var anchor = phase(MeshEntries.ANCHOR);
        var issuer = phase(MeshEntries.ISSUER);
        if (anchor == Phase.Lost || issuer == Phase.Lost) {
            return Pace.LOST;
        }
        if (anchor == Phase.Stable && issuer == Phase.Stable) {
            return Pace.AT_REST;
        }
        var controlPlane = asked().rollouts().stream().anyMatch(it -> !it.isSettled());
        var waits = issuer == Phase.Draining || issuer == Phase.Stable && anchor == Phase.Draining;
        return waits && !controlPlane && evidence.rollouts().isEmpty() ? Pace.PATIENT : Pace.QUICK;
    }

    private Phase phase(String entry) {
        return shelf.line(entry).map(Line::phase).orElse(Phase.Due);
    }

    private Map<String, EntryReport> reports() {
        var observing = new MeshObserving(shelf, prints, seen, evidence, wishes);
        var reports = new TreeMap<String, EntryReport>();
        entries.all().forEach(entry -> shelf.line(entry.name())
                .ifPresent(line -> reports.put(
                        entry.name(),
                        EntryReport.of(
                                entries.terms().get(entry.name()),
                                line,
                                entry.name().equals(MeshEntries.ANCHOR) ? observing.anchor() : observing.issuer(),
                                Set.of(),
                                "",
                                now))));
        return reports;
    }
}
