package dev.bulkhead.mesh;

import dev.bulkhead.api.v1alpha1.Drain;
import dev.bulkhead.api.v1alpha1.MeshIdentity;
import dev.bulkhead.api.v1alpha1.MeshIssuer;
import dev.bulkhead.api.v1alpha1.MeshTrustAnchor;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.SecretReader.SecretMissing;
import dev.bulkhead.secrets.material.Minted;
import dev.bulkhead.secrets.pki.Fingerprint;
import dev.bulkhead.secrets.rotation.VersionFacts;
import dev.bulkhead.secrets.rotation.Wish;
import dev.bulkhead.secrets.vault.Journal;
import dev.bulkhead.secrets.vault.Shelf;
import dev.bulkhead.secrets.vault.Versions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A mesh as it is: proxies with a certificate each, signed by whatever identity signed with when they asked, and with
 * the anchors that there were when they were started. In it somebody restarts pods, and the operator dies at any write.
 */
final class MeshWorld {

    static final Duration LEAF = Duration.ofHours(24);
    static final EnvironmentId ID = new EnvironmentId("bulkhead-system", "mesh.east");

    private static final SecureRandom RANDOM = new SecureRandom();

    final Random dice;
    final Hub hub = new Hub();
    final Target target;
    Instant now = Instant.parse("2026-11-22T12:00:00Z");
    String wishes = "";
    private MeshVault operator;
    private int untilDeath = Integer.MAX_VALUE;

    MeshWorld(long seed) {
        dice = new Random(seed);
        target = new Target();
        restartOperator();
    }

    static final class Dead extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Each write is one at which the operator may die, before or after it is done. */
    private void write(Runnable write) {
        if (--untilDeath == 0) {
            throw new Dead();
        }
        write.run();
        if (--untilDeath == 0) {
            throw new Dead();
        }
    }

    void restartOperator() {
        operator = new MeshVault(hub, (_, _) -> Optional.empty(), RANDOM, Clock.fixed(now, ZoneOffset.UTC));
    }

    /** @param death at which write it dies; 0: it lives */
    Optional<MeshCourse.Result> look(int death) {
        untilDeath = death == 0 ? Integer.MAX_VALUE : death;
        operator = new MeshVault(hub, (_, _) -> Optional.empty(), RANDOM, Clock.fixed(now, ZoneOffset.UTC));
        try {
            return Optional.of(new MeshCourse(operator, entries(), Optional.empty(), asked(), target, now).go());
        } catch (Dead _) {
            return Optional.empty();
        } finally {
            untilDeath = Integer.MAX_VALUE;
        }
    }

    private Map<String, List<Wish>> asked() {
        return wishes.isEmpty() ? Map.of() : Map.of(wishes.split("/")[0], List.of(new Wish(Wish.Kind.Rotate, wishes)));
    }

    static MeshEntries entries() {
        return MeshEntries.of(
                "hub",
                "bulkhead-system",
                "east",
                new MeshIdentity(
                        new MeshTrustAnchor("3650d", null, null),
                        new MeshIssuer("90d", null, null),
                        List.of(),
                        new Drain("1h"),
                        null));
    }

    /** What two live proxies say of each other that mustn't be; empty when all is well. */
    List<String> faults() {
        var faults = new ArrayList<String>();
        for (var one : target.proxies.values()) {
            for (var other : target.proxies.values()) {
                if (one.leaf != null && other.leaf != null && !target.leads(one, other, now)) {
                    faults.add("%s refuses %s at %s".formatted(other.name, one.name, now));
                }
            }
        }
        return faults;
    }

    /** The vault in memory. */
    final class Hub implements Versions {

        private Journal journal = Journal.empty(ID);
        private final Map<String, SortedMap<Integer, VersionFacts>> versions = new TreeMap<>();
        private final Map<String, Map<String, byte[]>> data = new HashMap<>();

        /** As it was read last: what others do to it isn't seen. */
        private Optional<Shelf> known = Optional.empty();

        @Override
        public Shelf open(EnvironmentId id) {
            var shelf = known.orElseGet(this::shelf);
            known = Optional.of(shelf);
            return shelf;
        }

        Shelf shelf() {
            var copy = new HashMap<String, SortedMap<Integer, VersionFacts>>();
            versions.forEach((entry, all) -> copy.put(entry, new TreeMap<>(all)));
            return new Shelf(journal, copy);
        }

        @Override
        public void forget(EnvironmentId id) {
            known = Optional.empty();
        }

        @Override
        public Journal store(Journal next) {
            forget(ID);
            write(() -> journal = next);
            return next;
        }

        @Override
        public VersionFacts put(
                EnvironmentId id, String entry, int version, String rotation, String recipe, Supplier<Minted> make) {
            forget(ID);
            var all = versions.computeIfAbsent(entry, _ -> new TreeMap<>());
            if (!all.containsKey(version)) {
                var minted = make.get();
                write(() -> {
                    all.put(
                            version,
                            new VersionFacts(
                                    version,
                                    entry + version + rotation,
                                    rotation,
                                    recipe,
                                    now,
                                    minted.notBefore(),
                                    minted.notAfter(),
                                    minted.issuer()));
                    data.put(entry + version, minted.data());
                });
            }
            return all.get(version);
        }

        @Override
        public void discard(EnvironmentId id, String entry, int version) {
            forget(ID);
            write(() -> versions.get(entry).remove(version));
        }

        @Override
        public Map<String, byte[]> read(EnvironmentId id, String entry, int version) {
            if (!versions.get(entry).containsKey(version)) {
                throw new SecretMissing("%s %d".formatted(entry, version));
            }
            var copy = new HashMap<String, byte[]>();
            data.get(entry + version).forEach((key, value) -> copy.put(key, value.clone()));
            return copy;
        }

        void loseTheJournal() {
            journal = Journal.empty(ID);
            forget(ID);
        }

        /** Somebody deletes a version; if the vault isn't read again, nobody sees it. */
        VersionFacts lose(String entry, int version) {
            return versions.get(entry).remove(version);
        }

        void bringBack(String entry, VersionFacts lost) {
            versions.get(entry).put(lost.ordinal(), lost);
        }

        int held(String entry) {
            return versions.getOrDefault(entry, new TreeMap<>()).size();
        }
    }

    /** A pod with a proxy. */
    static final class Peer {
        final String name;
        final boolean isOfTheControlPlane;
        byte[] anchors;
        byte[] leaf;
        Instant issued;
        Instant started;
        String word = "";

        Peer(String name, boolean isOfTheControlPlane) {
            this.name = name;
            this.isOfTheControlPlane = isOfTheControlPlane;
        }
    }

    /** The cluster. */
    final class Target implements MeshSite {

        byte[] bundle = new byte[0];
        Instant bundled;
        byte[] chain = new byte[0];
        byte[] key = new byte[0];
        Instant signed;
        final Map<String, Peer> proxies = new TreeMap<>();
        final Map<String, Map<String, String>> templates = new HashMap<>();
        final List<Instant> updates = new ArrayList<>();
        boolean lies;

        /** How often the control plane or the pods were asked for. */
        int asked;

        /** What identity signs with now. */
        byte[] signing = new byte[0];

        private final Map<String, Boolean> known = new HashMap<>();

        @Override
        public Seen look() {
            return new Seen(Optional.empty(), stored(bundle, bundled), stored(chain, signed));
        }

        private Optional<Seen.Stored> stored(byte[] pem, Instant written) {
            return pem.length == 0
                    ? Optional.empty()
                    : Optional.of(new Seen.Stored("1", Fingerprint.of(pem), Optional.of(written), ""));
        }

        @Override
        public void writeAnchors(Optional<Seen.Stored> before, int version, byte[] pem) {
            write(() -> {
                bundle = pem;
                bundled = now;
            });
        }

        @Override
        public void writeIssuer(Optional<Seen.Stored> before, int version, Map<String, byte[]> data) {
            var certificates = data.get("tls.crt").clone();
            var secret = data.get("tls.key").clone();
            write(() -> {
                chain = certificates;
                key = secret;
                signed = now;
            });
        }

        void install() {
            signing = chain;
            Linkerd.CONTROL_PLANE.forEach(name -> {
                templates.put(name, new TreeMap<>());
                start(new Peer("linkerd/" + name, true));
            });
            for (var index = 0; index < 4; index++) {
                start(new Peer("shop/pod-" + index, false));
            }
        }

        /** It gets the anchors that there are, and a certificate. */
        void start(Peer peer) {
            if (peer.name.endsWith(Linkerd.IDENTITY)) {
                signing = chain;
            }
            peer.anchors = bundle;
            peer.started = now;
            peer.word = templates
                    .getOrDefault(peer.name.replace("linkerd/", ""), Map.of())
                    .getOrDefault(Linkerd.ANCHOR_WORD, "");
            proxies.put(peer.name, peer);
            certify(peer);
        }

        void certify(Peer peer) {
            peer.leaf = signing;
            peer.issued = now;
        }

        /** The kubelet brings the Secret; identity takes it up and says so, and then may forget to have said it. */
        void identityReads() {
            if (!Arrays.equals(signing, chain)) {
                signing = chain;
                updates.add(now);
            }
        }

        void rollOut() {
            templates.forEach((name, words) -> {
                var pod = proxies.get("linkerd/" + name);
                if (!pod.word.equals(words.getOrDefault(Linkerd.ANCHOR_WORD, ""))) {
                    start(pod);
                }
            });
        }

        /** Proxies ask for another certificate at seven tenths of its life. */
        void time() {
            proxies.values().stream()
                    .filter(it ->
                            now.isAfter(it.issued.plus(LEAF.multipliedBy(7).dividedBy(10))))
                    .forEach(this::certify);
            updates.removeIf(it -> it.plus(Duration.ofHours(1)).isBefore(now));
        }

        /** A proxy sends what identity gave it: its certificate would only be one more before these. */
        boolean leads(Peer one, Peer other, Instant at) {
            return known.computeIfAbsent(
                    text(one.leaf) + "-" + text(other.anchors),
                    _ -> Chains.leads(Chains.read(one.leaf), Chains.read(other.anchors), at));
        }

        private String text(byte[] pem) {
            return Integer.toHexString(Arrays.hashCode(pem))
                    + HexFormat.of().formatHex(pem, Math.max(0, pem.length - 80), pem.length);
        }

        @Override
        public List<Rollout> rollouts() {
            asked++;
            return templates.entrySet().stream()
                    .map(it -> new Rollout(
                            it.getKey(),
                            Map.copyOf(it.getValue()),
                            Objects.equals(
                                    proxies.get("linkerd/" + it.getKey()).word,
                                    it.getValue().getOrDefault(Linkerd.ANCHOR_WORD, ""))))
                    .toList();
        }

        @Override
        public void restart(String deployment, String annotation, String word) {
            write(() -> {
                templates.get(deployment).put(annotation, word);
                if (annotation.equals(Linkerd.ISSUER_WORD)) {
                    start(proxies.get("linkerd/" + deployment));
                }
            });
        }

        @Override
        public Identity identity() {
            asked++;
            return new Identity(
                    Optional.ofNullable(proxies.get("linkerd/" + Linkerd.IDENTITY)).map(it -> it.started).stream()
                            .toList(),
                    updates.stream().max(Instant::compareTo).stream().toList(),
                    Optional.empty());
        }

        @Override
        public List<Proxy> proxies() {
            asked++;
            return lies
                    ? List.of()
                    : proxies.values().stream()
                            .map(it -> new Proxy(
                                    it.name,
                                    Optional.of(it.started),
                                    it.isOfTheControlPlane ? Optional.empty() : Optional.of(Fingerprint.of(it.anchors)),
                                    it.word))
                            .toList();
        }
    }
}
