package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.ReconcileMode;
import dev.bulkhead.apply.Applier;
import dev.bulkhead.apply.Consent;
import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.FakeTarget;
import dev.bulkhead.apply.MovableClock;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.apply.SameThread;
import dev.bulkhead.faults.random.Deed;
import dev.bulkhead.faults.random.Specs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever users write, in whatever order, an environment is what its last good version says: no matter what was there
 * before, and what of it was wrong. On a target in memory; {@code faults/random} does it on a real API server. 10 seconds.
 */
class RandomOperationsTest {

    private static final Digest DIGEST = new Digest("a key for tests only".getBytes(StandardCharsets.UTF_8));
    private static final String SURROUNDINGS = """
            kind: EnvironmentClass
            metadata: {name: bounded}
            spec:
              hubNamespaces: {}
              clusters: [local]
              ceilings: {pods: "100"}
              registries: [registry.example.com]
              roles: {viewer: bulkhead-viewer}
              egress: {cidrs: [203.0.113.0/24]}
            ---
            kind: Secret
            metadata: {name: source}
            stringData: {token: one}
            """;

    /** A hub with one environment, and the operator's work on it. */
    private static final class Site {

        private final FakeTarget target = new FakeTarget(DIGEST);
        private final Applier applier = new Applier(DIGEST, new SameThread(), new MovableClock());
        private final Map<String, Manifest> written = new LinkedHashMap<>();
        private final Map<String, Manifest> accepted = new LinkedHashMap<>();
        private World lastApplied = world();

        Site after(List<? extends Deed> deeds) {
            deeds.forEach(this::does);
            return this;
        }

        private void does(Deed deed) {
            var key = deed.kind() + "/" + deed.name();
            switch (deed) {
                case Deed.Put put -> written.put(key, manifest(put));
                case Deed.Remove _ -> {
                    written.remove(key);
                    accepted.remove(key);
                }
            }
            settle();
        }

        private static Manifest manifest(Deed.Put put) {
            var manifest =
                    Manifest.parse(Path.of("drawn at random"), put.manifest()).getFirst();
            ((com.fasterxml.jackson.databind.node.ObjectNode) manifest.content().path("metadata"))
                    .put("namespace", "shop");
            return manifest;
        }

        /** The operator looks until there is nothing to do. */
        private void settle() {
            var world = world();
            if (!written.containsKey("Environment/env")) {
                return;
            }
            var acceptance = world.acceptance();
            var environment = written.get("Environment/env").as(Environment.class);
            if (!acceptance.problems().isEmpty() || environment.getSpec().reconcile() != ReconcileMode.Apply) {
                return;
            }
            acceptance.verdicts().forEach((origin, verdict) -> {
                var key = origin.kind().kind() + "/" + origin.name();
                if (verdict instanceof Verdict.Accepted) {
                    accepted.put(key, written.get(key));
                }
            });
            lastApplied = world();
            apply(lastApplied);
        }

        private void apply(World world) {
            var plan = world.plan();
            var ownership = world.blueprint().ownership();
            for (var look = 0; look < 2; look++) {
                applier.apply(plan, ownership, target, Consent.NONE);
                target.finishDeletions();
            }
        }

        private World world() {
            return new World(
                    Stream.concat(World.of(SURROUNDINGS).manifests().stream(), written.values().stream())
                            .toList(),
                    List.copyOf(accepted.values()));
        }

        boolean allIsAccepted() {
            return written.containsKey("Environment/env")
                    && world().acceptance().problems().isEmpty()
                    && world().acceptance().verdicts().values().stream().allMatch(Verdict.Accepted.class::isInstance)
                    && lastApplied.equals(world());
        }

        Map<Ref, Map<List<String>, Object>> content() {
            return target.content();
        }

        /** The same hub, and an operator and a target that know of nothing. */
        Map<Ref, Map<List<String>, Object>> fromFresh() {
            var fresh = new Site();
            if (!lastApplied.manifests().stream().noneMatch(it -> it.kind().equals("Environment"))) {
                fresh.apply(lastApplied);
            }
            return fresh.content();
        }
    }

    @Property(tries = 200)
    @Label("the state after a sequence is the state from fresh")
    void theStateAfterASequenceIsTheStateFromFresh(@ForAll("deeds") List<Deed> deeds) {
        var site = new Site().after(deeds);

        assertThat(site.content()).isEqualTo(site.fromFresh());
    }

    @Property(tries = 30)
    @Label("after any mistakes a good version is what it would have been without them")
    void afterAnyMistakesAGoodVersionIsWhatItWouldHaveBeen(
            @ForAll("worlds") List<Deed.Put> good, @ForAll("deeds") List<Deed> mistakes) {
        var undisturbed = new Site().after(good);
        assertThat(undisturbed.allIsAccepted()).isTrue();

        var rolledBack = new Site().after(good).after(mistakes).after(good);

        assertThat(rolledBack.content()).isEqualTo(undisturbed.content());
    }

    @Property(tries = 30)
    @Label("the order in which good files are applied doesn't matter")
    void theOrderInWhichGoodFilesAreAppliedDoesNotMatter(@ForAll("worlds") List<Deed.Put> good, @ForAll Random random) {
        var shuffled = new ArrayList<>(good);
        Collections.shuffle(shuffled, random);

        assertThat(new Site().after(shuffled).content())
                .isEqualTo(new Site().after(good).content());
    }

    @Provide
    Arbitrary<List<Deed>> deeds() {
        return Arbitraries.randomValue(random -> Specs.ofAllSorts(random).deed())
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<Deed.Put>> worlds() {
        return Arbitraries.randomValue(random -> Specs.valid(random).world());
    }
}
