package dev.bulkhead.environment.keeping;

import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.environment.Blueprint.SecretMaterial;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.environment.keeping.Grants.Ask;
import dev.bulkhead.environment.pillar.SecretWord;
import dev.bulkhead.secrets.material.Recipe;
import dev.bulkhead.secrets.rotation.Action;
import dev.bulkhead.secrets.rotation.Cause;
import dev.bulkhead.secrets.rotation.Decision;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Observed;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.rotation.Rotation;
import dev.bulkhead.secrets.rotation.VersionFacts;
import dev.bulkhead.secrets.rotation.Wish;
import dev.bulkhead.secrets.vault.Shelf;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Two environments that share a token: in what order their passes go on, and where they end, is chance. */
final class TwoEnvironments {

    private static final String TOKEN = "token";
    private static final EnvironmentId OWNER = new EnvironmentId("shop", "platform");
    private static final EnvironmentId CLAIMANT = new EnvironmentId("shop", "web");
    private static final Claimed CLAIMED = new Claimed(OWNER, TOKEN, CLAIMANT, "login");
    private static final SecretScope PLATFORM = scope("platform", "{name: token, type: Token}");
    private static final SecretScope WEB =
            scope("web", "{name: login, type: Granted, granted: {scope: platform, entry: token}}");
    private static final Entries OWNED = Entries.of(List.of(PLATFORM));
    private static final KeptEntry ENTRY = OWNED.kept().get(TOKEN);

    final Site home = new Site(TOKEN);
    final Site web = new Site("login");
    final List<Wish> wishes = new ArrayList<>();
    boolean leaping;
    private final Random random;
    private final boolean waits;
    private ClaimBoard board = new ClaimBoard(_ -> {});
    private Shelf shelf = Shelf.empty(OWNER);
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private boolean claimed;
    private @Nullable Pass pass;

    /** @param waits whether the owner knows of the other, as it should */
    TwoEnvironments(Random random, boolean waits) {
        this.random = random;
        this.waits = waits;
        if (random.nextBoolean()) {
            home.workloads = workloads(TOKEN);
        }
    }

    private static SecretScope scope(String name, String entry) {
        return Serialization.unmarshal("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: SecretScope
                metadata: {name: %1$s, namespace: shop}
                spec: {environmentRef: {name: %1$s}, drain: {atLeast: 1m}, entries: [%2$s]}
                """.formatted(name, entry), SecretScope.class);
    }

    private static List<WorkloadSlice> workloads(String entry) {
        return Stream.of("value", "accepted")
                .map(key -> ConsumersTest.workload(
                        key, "env: [{name: TOKEN, secretRef: {entry: %s, key: %s}}]".formatted(entry, key)))
                .toList();
    }

    Optional<Line> line() {
        return Optional.ofNullable(shelf.journal().lines().get(TOKEN));
    }

    boolean holds(int version) {
        return shelf.find(TOKEN, version).isPresent();
    }

    // --- the owner ---

    /** One round of a pass: what is decided is stored, and done. A crash may come after it. */
    void ownerGoesOn() {
        var observing = observing();
        var decision = Rotation.decide(
                ENTRY.terms("hub", OWNER), line(), observing.all().get(TOKEN), now);
        home.restarts = observing.letThrough();
        store(decision);
        if (random.nextInt(10) > 0) {
            decision.actions().forEach(this::act);
        }
        line().ifPresent(it -> wishes.removeIf(wish -> it.consumed().contains(wish.operation())));
        leaping = line().filter(it -> it.phase() != Phase.Stable && (leaping || Cause.isLeap(it.cause())))
                .isPresent();
    }

    private Observing observing() {
        var materials = new Materials(OWNED, shelf);
        var usage = new Usage(home.workloads, OWNED);
        return new Observing(
                List.of(),
                OWNED,
                shelf,
                materials,
                new Consumers(
                        home.workloads, usage, it -> SecretWord.of(it, materials.all(), Map.of()), home.restarts, home),
                new Reloads(
                        Usage.reloading(List.of(), OWNED),
                        OWNED,
                        shelf.journal().lines(),
                        Map.of(),
                        now),
                new Others(List.of(), OWNED, _ -> ""),
                home.inForce,
                Map.of(TOKEN, List.copyOf(wishes)),
                Claimants.of(claimed && waits ? List.of(CLAIMED) : List.of(), board, OWNED, shelf),
                Map.of(),
                home);
    }

    private void store(Decision decision) {
        shelf = new Shelf(shelf.journal().withLines(new TreeMap<>(Map.of(TOKEN, decision.line()))), shelf.versions());
    }

    private void act(Action action) {
        var versions = new TreeMap<>(shelf.of(TOKEN));
        switch (action) {
            case Action.Mint mint ->
                versions.putIfAbsent(
                        mint.version(),
                        new VersionFacts(
                                mint.version(),
                                "v" + mint.version(),
                                mint.rotationId(),
                                Recipe.of(ENTRY.entry()),
                                now,
                                null,
                                null,
                                0));
            case Action.Discard discard -> versions.remove(discard.version());
        }
        shelf = new Shelf(shelf.journal(), Map.of(TOKEN, Collections.unmodifiableSortedMap(versions)));
    }

    void ownerApplies() {
        line().ifPresent(it -> home.applied(
                Optional.ofNullable(new Materials(OWNED, shelf).all().get(TOKEN)), home.workloads, it.pointer()));
    }

    // --- the claimant ---

    /** A pass, and how far it is. What it works with it has read at its beginning. */
    private final class Pass {

        private final List<WorkloadSlice> workloads = web.workloads;
        private final Entries entries;
        private final Claim claim;
        private final Usage usage;
        private int step;

        Pass() {
            board.looks(CLAIMANT);
            var grant = new Grant(OWNER, ENTRY, new TreeSet<>(List.of("value", "accepted")), OWNED, shelf);
            entries = Entries.of(List.of(WEB), new Grants(Map.of(new Ask("web", "platform", TOKEN), grant), Map.of()));
            claim = entries.claims().get("login");
            usage = new Usage(workloads, entries);
        }

        /** @return whether there is more to do */
        boolean goesOn() {
            switch (step++) {
                case 0 -> web.restarts = using().letThrough(settled(), 1);
                case 1 -> web.applied(claim.material(), workloads, claim.pointer());
                default ->
                    board.takesUp(
                            CLAIMANT,
                            new Uptakes(
                                            entries,
                                            usage,
                                            using(),
                                            Usage.reloading(List.of(), entries),
                                            new Others(List.of(), entries, _ -> ""),
                                            web.inForce,
                                            Map.of(),
                                            web,
                                            now)
                                    .by(CLAIMANT));
            }
            return step < 3;
        }

        private TreeSet<String> settled() {
            var settled = new TreeSet<String>();
            if (claim.grant().isThere() && web.inForce.getOrDefault("login", -1L) >= claim.pointer()) {
                settled.add("login");
            }
            return settled;
        }

        private Consumers using() {
            var published = new TreeMap<String, SecretMaterial>();
            claim.material().ifPresent(it -> published.put("login", it));
            return new Consumers(workloads, usage, it -> SecretWord.of(it, published, Map.of()), web.restarts, web);
        }
    }

    void claimantGoesOn() {
        if (claimed) {
            pass = pass == null ? new Pass() : pass;
            pass = pass.goesOn() ? pass : null;
        }
    }

    void claimantCrashes() {
        pass = null;
    }

    void somebodyClaims() {
        claimed = true;
    }

    void somebodyUsesIt() {
        web.workloads = claimed ? workloads("login") : web.workloads;
    }

    // --- both ---

    void operatorCrashes() {
        board = new ClaimBoard(_ -> {});
        home.inForce = Map.of();
        web.inForce = Map.of();
        pass = null;
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    boolean isAtRest() {
        return wishes.isEmpty()
                && line().filter(it -> it.phase() == Phase.Stable && it.current() != 0)
                        .filter(it -> shelf.of(TOKEN).keySet().equals(Set.of(it.current())))
                        .filter(it -> Stream.of(home, web).allMatch(site -> site.isAt(it.current())))
                        .isPresent();
    }

    String told() {
        return "%s; home shows %s, pods %s; web shows %s, pods %s"
                .formatted(
                        line().map(it -> "%s %d/%d/%d ptr %d %s"
                                        .formatted(
                                                it.phase(),
                                                it.current(),
                                                it.previous(),
                                                it.pending(),
                                                it.pointer(),
                                                it.cause()))
                                .orElse("no line"),
                        home.shown,
                        home.pods,
                        web.shown,
                        web.pods);
    }

    /** What one environment has in its target. */
    final class Site extends SharedTarget {

        private List<WorkloadSlice> workloads = List.of();
        private SortedMap<String, String> restarts = new TreeMap<>();
        private Map<String, Long> inForce = Map.of();

        Site(String secret) {
            super(secret);
        }

        /** The Secret, if all of it can be read and it isn't older than what is there; then the pod templates. */
        void applied(Optional<SecretMaterial> material, List<WorkloadSlice> planned, long pointer) {
            var known = new TreeMap<>(inForce);
            if (planned.isEmpty()) {
                forget();
                known.put(secret, Observed.NOWHERE);
            } else if (random.nextInt(10) > 0
                    && material.filter(it -> shows(it, TwoEnvironments.this::holds))
                            .isPresent()) {
                known.put(secret, pointer);
            } else if (known.getOrDefault(secret, -1L) > pointer) {
                known.remove(secret);
            }
            inForce = Map.copyOf(known);
            planned.forEach(it -> starts(it.name(), restarts.getOrDefault(it.name(), "")));
        }
    }
}
