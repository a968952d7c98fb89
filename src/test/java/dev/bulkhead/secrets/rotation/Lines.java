package dev.bulkhead.secrets.rotation;

import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.secrets.rotation.Timing.Never;
import dev.bulkhead.secrets.rotation.Timing.Schedule;
import dev.bulkhead.secrets.rotation.Timing.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** An entry, and what is observed of it, to be varied. */
final class Lines {

    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final Duration DAY = Duration.ofDays(1);
    static final Terms TOKEN = terms(SecretType.Token, new Never());

    private Lines() {}

    static Terms terms(SecretType type, Schedule schedule, Window... windows) {
        return new Terms(
                "hub/shop/staging/db",
                "db",
                type,
                "recipe",
                new Timing(schedule, 0, List.of(windows), 66),
                Duration.ofHours(1),
                false,
                type == SecretType.TLS,
                type == SecretType.CA ? Trust.TRUST_BOTH : Trust.NO_CA,
                false,
                false,
                false,
                false);
    }

    static Terms withHooks(Terms terms) {
        return new Terms(
                terms.key(),
                terms.entry(),
                terms.type(),
                terms.recipe(),
                terms.timing(),
                terms.drain(),
                true,
                terms.issued(),
                terms.trust(),
                true,
                true,
                true,
                terms.onLossRegenerates());
    }

    static Terms regenerating(Terms terms) {
        return new Terms(
                terms.key(),
                terms.entry(),
                terms.type(),
                terms.recipe(),
                terms.timing(),
                terms.drain(),
                terms.alternates(),
                terms.issued(),
                terms.trust(),
                terms.installs(),
                terms.verifies(),
                terms.revokes(),
                true);
    }

    static Terms madeFrom(String recipe) {
        return new Terms(
                TOKEN.key(),
                TOKEN.entry(),
                TOKEN.type(),
                recipe,
                TOKEN.timing(),
                TOKEN.drain(),
                TOKEN.alternates(),
                TOKEN.issued(),
                TOKEN.trust(),
                TOKEN.installs(),
                TOKEN.verifies(),
                TOKEN.revokes(),
                TOKEN.onLossRegenerates());
    }

    /** Version 3, everywhere. */
    static Line stable() {
        return new Line(
                3,
                0,
                0,
                0,
                3,
                7,
                7,
                7,
                "0123",
                "Schedule",
                Phase.Stable,
                NOW.minus(DAY),
                NOW.minus(DAY.multipliedBy(9)),
                NOW.minus(DAY),
                null,
                null,
                0,
                null,
                "",
                false,
                List.of(),
                "");
    }

    /** Version 4 on its way, in a phase before it is published. */
    static Line before(Phase phase) {
        return LineChange.of(stable()).pending(4).enters(phase, NOW).done();
    }

    /** Version 4 published, version 3 still accepted. */
    static Line after(Phase phase) {
        return LineChange.of(stable())
                .highest(4)
                .current(4)
                .previous(3)
                .enters(phase, NOW)
                .drainUntil(phase == Phase.Draining ? NOW : null)
                .done();
    }

    static String brief(Line line) {
        return "%s cur=%d prev=%d pend=%d ret=%d high=%d ptr=%d %s att=%d %s"
                .formatted(
                        line.phase(),
                        line.current(),
                        line.previous(),
                        line.pending(),
                        line.retiring(),
                        line.highest(),
                        line.pointer(),
                        line.cause(),
                        line.attempts(),
                        line.retryAt() == null ? "" : "waits");
    }

    static VersionFacts facts(int version) {
        return new VersionFacts(version, "v" + version, "id" + version, "recipe", NOW.minus(DAY), null, null, 1);
    }

    static VersionFacts certificate(int version, Instant notBefore, Instant notAfter) {
        return new VersionFacts(version, "v" + version, "id" + version, "recipe", notBefore, notBefore, notAfter, 1);
    }

    static Map<Integer, VersionFacts> versions(int... ordinals) {
        var versions = new TreeMap<Integer, VersionFacts>();
        IntStream.of(ordinals).forEach(it -> versions.put(it, facts(it)));
        return versions;
    }

    /** All is as the line says, everywhere. */
    static Seen seen(int... versions) {
        return new Seen(versions(versions));
    }

    /** An observation in the making. */
    static final class Seen {
        private final Map<Integer, VersionFacts> versions;
        private long inForce = 1_000;
        private int published = -1;
        private Set<String> acceptorsBehind = Set.of();
        private Set<String> usersBehind = Set.of();
        private Set<String> elsewhere = Set.of();
        private Map<HookStep, HookState> hooks = Map.of();
        private List<Wish> wishes = List.of();
        private int issuerSigning = 1;
        private boolean issuerTrusted = true;
        private boolean leavesFollow = true;
        private String source = "recipe";
        private boolean paused;

        private Seen(Map<Integer, VersionFacts> versions) {
            this.versions = versions;
        }

        Seen with(VersionFacts facts) {
            versions.put(facts.ordinal(), facts);
            return this;
        }

        Seen inForce(long pointer, int version) {
            inForce = pointer;
            published = version;
            return this;
        }

        Seen acceptorsBehind(String... workloads) {
            acceptorsBehind = Set.of(workloads);
            return this;
        }

        Seen usersBehind(String... workloads) {
            usersBehind = Set.of(workloads);
            return this;
        }

        Seen hook(HookStep step, HookState state) {
            hooks = Map.of(step, state);
            return this;
        }

        Seen wish(Wish.Kind kind) {
            wishes = List.of(new Wish(kind, "uid"));
            return this;
        }

        Seen issuer(int signing, boolean trusted) {
            issuerSigning = signing;
            issuerTrusted = trusted;
            return this;
        }

        Seen leavesBehind() {
            leavesFollow = false;
            return this;
        }

        Seen source(String hash) {
            source = hash;
            return this;
        }

        Seen elsewhere(String... environments) {
            elsewhere = Set.of(environments);
            return this;
        }

        Seen paused() {
            paused = true;
            return this;
        }

        /** Whatever pointer the line has is in force, unless another was said. */
        Observed of(Line line) {
            return new Observed(
                    versions,
                    inForce == 1_000 ? line.pointer() : inForce,
                    published == -1 ? line.current() : published,
                    acceptorsBehind,
                    usersBehind,
                    elsewhere,
                    hooks,
                    wishes,
                    issuerSigning,
                    issuerTrusted,
                    leavesFollow,
                    source,
                    paused);
        }
    }
}
