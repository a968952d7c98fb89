package dev.bulkhead.environment.keeping;

import dev.bulkhead.apply.Applied;
import dev.bulkhead.apply.Consent;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Outcome;
import dev.bulkhead.apply.Plan;
import dev.bulkhead.apply.WriteRate;
import dev.bulkhead.cluster.Delivered;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.Blueprint.SecretMaterial;
import dev.bulkhead.environment.keeping.ClaimBoard.Offer;
import dev.bulkhead.environment.keeping.Reloads.Shown;
import dev.bulkhead.secrets.report.EntryReport;
import dev.bulkhead.secrets.report.RotationNews;
import dev.bulkhead.secrets.rotation.Decision;
import dev.bulkhead.secrets.rotation.Latecomers;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Observed;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.rotation.Rotation;
import dev.bulkhead.secrets.rotation.Wish;
import dev.bulkhead.secrets.vault.Shelf;
import dev.bulkhead.secrets.vault.Vault;
import dev.bulkhead.secrets.vault.VaultRefused;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the versions of secrets: asks what comes next, stores that in the journal, and then does it. What is published of
 * them the plan says, and the environment writes.
 */
public final class Keeper {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    /** Of one entry no more steps follow each other without the target. */
    private static final int ROUNDS = 12;

    /** The vault is read anew once in a while: somebody may have been at it. */
    private static final Duration TRUST = Duration.ofMinutes(30);

    /** What is lost somebody brings back, and nobody tells when. */
    static final Duration TRUST_IN_LOSS = Duration.ofSeconds(15);

    private final String hubId;
    private final Vault vault;
    private final Minting minting;
    private final WriteRate rate;
    private final ClaimBoard board;
    private final Disposal disposal;
    private final Restarting restarting;
    private final Settling settling = new Settling();
    private final Clock clock;
    private final Instant began;
    private final Map<EnvironmentId, Known> known = new ConcurrentHashMap<>();
    private final Set<EnvironmentId> asked = ConcurrentHashMap.newKeySet();

    /**
     * What isn't in the vault.
     *
     * @param inForce entry → the pointer that the target is known to show
     * @param shown the same, and for how long
     */
    private record Known(Instant since, Map<String, Long> inForce, Map<String, Shown> shown) {}

    /**
     * @param rate of all that rotations write; what is compromised doesn't wait for it
     * @param board where those are found who use an entry in another environment
     */
    public Keeper(String hubId, Vault vault, Minting minting, WriteRate rate, ClaimBoard board, Clock clock) {
        this.hubId = hubId;
        this.vault = vault;
        this.minting = minting;
        this.rate = rate;
        this.board = board;
        this.disposal = new Disposal(vault);
        this.restarting = new Restarting(clock);
        this.clock = clock;
        this.began = clock.instant();
    }

    /** What the vault has of an environment. */
    public Shelf shelf(EnvironmentId id) {
        var now = clock.instant();
        var before = known.computeIfAbsent(id, _ -> new Known(now, Map.of(), Map.of()));
        var shelf = vault.open(id);
        if (now.isBefore(before.since().plus(trust(shelf)))) {
            return shelf;
        }
        vault.forget(id);
        known.put(id, new Known(now, before.inForce(), before.shown()));
        return vault.open(id);
    }

    /** What the vault has of another environment, for one that claims something of it. */
    public Shelf glance(EnvironmentId owner, EnvironmentId claimant) {
        board.looks(claimant);
        return vault.glance(owner);
    }

    private static Duration trust(Shelf shelf) {
        var lost = shelf.journal().lines().values().stream().anyMatch(it -> it.phase() == Phase.Lost);
        return lost ? TRUST_IN_LOSS : TRUST;
    }

    /**
     * Goes as far as it can without the target.
     *
     * @param blueprint drafted with the shelf as it is
     * @param texts adds to what is published the texts that are made of it
     * @param wishes entry → what somebody asks of it, the oldest first
     * @param claims who uses its entries elsewhere; asked before each step, as somebody may just have begun to
     * @param sources entry → the keyed hash of the Secret that it comes from, of those that come from one
     */
    public Kept keep(
            Blueprint blueprint,
            Entries entries,
            UnaryOperator<Map<String, SecretMaterial>> texts,
            Map<String, List<Wish>> wishes,
            Supplier<List<Claimed>> claims,
            Map<String, String> sources,
            Sight sight) {
        var look = new Look(blueprint, entries, texts, wishes, claims, sources, sight, clock.instant());
        for (var round = 0; round < ROUNDS && look.goOn(); round++) {
            LOG.debug("Went on with the secrets of {}", blueprint.environment());
        }
        return look.kept();
    }

    /**
     * What became of a plan: if more of it is in force than before, it can be gone on from there at once.
     *
     * @param blueprint of the plan
     */
    public Kept applied(Blueprint blueprint, Plan plan, Outcome outcome, Kept kept, Sight sight) {
        var id = plan.environment();
        if (outcome.results().stream().anyMatch(Keeper::lacksVersion)) {
            vault.forget(id);
        }
        var before = known.getOrDefault(id, new Known(clock.instant(), Map.of(), Map.of()));
        var inForce = InForce.of(plan, outcome, sight)
                .after(before.inForce(), kept.entries(), kept.shelf().journal());
        var now = clock.instant();
        var after = new Known(before.since(), inForce, Shown.after(before.shown(), inForce, now));
        known.put(id, after);
        var uptakes = Uptakes.of(blueprint, kept, inForce, after.shown(), sight, now);
        board.takesUp(id, uptakes.by(id));
        return inForce.equals(before.inForce()) ? uptakes.wake().map(kept::by).orElse(kept) : kept.by(now);
    }

    /** Tells those who claim entries of an environment how far these are. */
    public void offer(EnvironmentId id, Map<Claimed, Offer> offers) {
        board.offers(id, offers);
    }

    /** Nothing was written in an environment: what it has of others' entries is what it had. */
    public void rests(EnvironmentId id) {
        board.rests(id);
    }

    /** An environment has no entries, of its own or of others. */
    public void sharesNothing(EnvironmentId id) {
        board.forget(id);
    }

    /** Restarts those who are delivered by others and whose turn it is. */
    public Kept restart(Kept kept, BiConsumer<Delivered, String> target) {
        return kept.telling(restarting.restart(kept.restarts(), target));
    }

    private static boolean lacksVersion(Applied applied) {
        return applied instanceof Applied.Waiting waiting && waiting.lack() == Applied.Lack.SECRET;
    }

    /**
     * Takes away what its SecretScopes want taken away with its entry. Of an environment without any the vault is asked once:
     * the last one may have gone while nobody was there.
     *
     * @param gone whether nobody declares or publishes an entry any more
     * @param consent as for what is removed from the target: contributors may still come, or go with their definition
     */
    public void dispose(EnvironmentId id, Predicate<String> gone, Consent consent) {
        if (known.containsKey(id) || isLeftOver(id)) {
            disposal.of(
                    id,
                    gone,
                    () -> !clock.instant().isBefore(consent.settled())
                            && consent.obstacle().get().isEmpty());
        }
    }

    private boolean isLeftOver(EnvironmentId id) {
        if (asked.contains(id)) {
            return false;
        }
        try {
            var isLeft = !vault.journal(id).disposable().isEmpty();
            asked.add(id);
            if (isLeft) {
                known.put(id, new Known(clock.instant(), Map.of(), Map.of()));
            }
            return isLeft;
        } catch (VaultRefused | KubernetesClientException e) {
            // Nothing else of this environment has to do with a vault: it is asked again with the next look.
            LOG.debug("The vault of {} doesn't say whether something is left there", id, e);
            return false;
        }
    }

    /** The environment is gone for good. */
    public void end(EnvironmentId id) {
        board.forget(id);
        disposal.end(id);
        rate.hurry(id, false);
        known.remove(id);
        asked.remove(id);
        settling.forget(id);
    }

    /** One look at one environment. */
    private final class Look {

        private final Blueprint blueprint;
        private final EnvironmentId id;
        private final Entries entries;
        private final UnaryOperator<Map<String, SecretMaterial>> texts;
        private final Map<String, List<Wish>> wishes;
        private final Supplier<List<Claimed>> claims;
        private final Map<String, String> sources;
        private final Sight sight;
        private final Instant now;
        private final Map<String, String> problems = new TreeMap<>();
        private final Map<String, Line> before;
        private final Usage usage;
        private final Usage reloading;
        private Shelf shelf;
        private Observing observing;
        private Map<String, Observed> observed = Map.of();
        private Map<String, Decision> decisions = Map.of();

        Look(
                Blueprint blueprint,
                Entries entries,
                UnaryOperator<Map<String, SecretMaterial>> texts,
                Map<String, List<Wish>> wishes,
                Supplier<List<Claimed>> claims,
                Map<String, String> sources,
                Sight sight,
                Instant now) {
            this.blueprint = blueprint;
            this.id = blueprint.environment();
            this.entries = entries;
            this.texts = texts;
            this.wishes = wishes;
            this.claims = claims;
            this.sight = sight;
            this.now = now;
            this.usage = new Usage(blueprint.workloads(), entries);
            this.reloading = Usage.reloading(
                    blueprint.workloads().stream().filter(Consumers::stays).toList(), entries);
            this.shelf = shelf(id);
            this.before = shelf.journal().lines();
            this.sources = settling.of(id, sources, this::canWait, now);
            this.observing = observing();
        }

        private Observing observing() {
            return Observing.of(
                    blueprint,
                    entries,
                    usage,
                    reloads(),
                    shelf,
                    texts,
                    known.get(id).inForce(),
                    wishes,
                    Claimants.of(claims.get(), board, entries, shelf),
                    sources,
                    sight);
        }

        private Reloads reloads() {
            return new Reloads(
                    reloading, entries, shelf.journal().lines(), known.get(id).shown(), now);
        }

        /** @return whether anything changed */
        boolean goOn() {
            observed = observing.all();
            decisions = decide();
            rate.hurry(id, decisions.values().stream().anyMatch(it -> it.line().isUrgent()));
            var journal = shelf.journal();
            var lines = new TreeMap<>(journal.lines());
            decisions.forEach((name, decision) -> lines.put(name, decision.line()));
            var next = journal.withLines(lines)
                    .withRestarts(observing.letThrough())
                    .withDisposable(Disposal.disposable(journal, entries))
                    .withArrivals(observing.arrivals());
            var changed = !next.equals(journal);
            if (changed) {
                vault.store(next);
            }
            var done = act();
            shelf = vault.open(id);
            if (changed || done) {
                observing = observing();
            }
            return changed || done;
        }

        private Map<String, Decision> decide() {
            var all = new TreeMap<String, Decision>();
            var latecomers = new Latecomers("%s/%s".formatted(hubId, id), began);
            entries.kept().forEach((name, entry) -> {
                if (!problems.containsKey(name) && !isWithoutSource(entry)) {
                    var line = shelf.line(name);
                    var decision = Rotation.decide(entry.terms(hubId, id), line, observed.get(name), now);
                    all.put(name, latecomers.inTurn(line, decision, now));
                }
            });
            return all;
        }

        /** Who has no value yet, and who has one that others know, can't. */
        private boolean canWait(String entry) {
            return shelf.hasCurrent(entry)
                    && wishes.getOrDefault(entry, List.of()).stream()
                            .noneMatch(wish -> wish.kind() == Wish.Kind.Compromised);
        }

        /** What was published before there were versions, and comes from nowhere now, stays as it is. */
        private boolean isWithoutSource(KeptEntry entry) {
            return entry.isCopied()
                    && !shelf.journal().lines().containsKey(entry.name())
                    && shelf.of(entry.name()).isEmpty()
                    && !sources.containsKey(entry.name());
        }

        private boolean act() {
            var problemsNow = minting.act(id, entries, shelf, decisions, sources);
            problems.putAll(problemsNow);
            return decisions.entrySet().stream()
                    .anyMatch(it -> !it.getValue().actions().isEmpty() && !problemsNow.containsKey(it.getKey()));
        }

        Kept kept() {
            return new Kept(
                    entries,
                    shelf,
                    reports(),
                    observing.ofBrought(),
                    observing.restarts(),
                    List.of(),
                    Map.of(),
                    RotationNews.of(before, shelf.journal().lines()),
                    Waking.of(decisions, problems, observing.isRestarting(), settling.wake(id), now));
        }

        private SortedMap<String, EntryReport> reports() {
            var reports = new TreeMap<String, EntryReport>();
            shelf.journal().lines().forEach((name, line) -> {
                var entry = entries.kept().get(name);
                if (entry != null) {
                    reports.put(name, report(entry, line));
                }
            });
            return reports;
        }

        private EntryReport report(KeptEntry entry, Line line) {
            return EntryReport.of(
                    entry.terms(hubId, id),
                    line,
                    observed.get(entry.name()),
                    observing.consumers(entry),
                    observing.evidence(entry),
                    problems.getOrDefault(entry.name(), ""),
                    now);
        }
    }
}
