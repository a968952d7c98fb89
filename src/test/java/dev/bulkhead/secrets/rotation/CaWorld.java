package dev.bulkhead.secrets.rotation;

import dev.bulkhead.api.v1alpha1.SecretType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A CA, two leaves of it, servers that show them, clients that check them. All in one journal, as an environment has it. */
final class CaWorld {

    /** Decides for an entry; a broken one decides wrongly. */
    interface Mind {
        Decision decide(Terms terms, Optional<Line> line, Observed observed, Instant now);
    }

    /** A CA's certificate, or a leaf's: who signed it, and of a CA which one came before. */
    record Certificate(int ordinal, int issuer, int predecessor) {}

    record Pod(String word, List<Certificate> holds) {}

    /** An entry: its line, its versions, what the target shows of it, and who uses it. */
    static final class Subject {
        final Terms terms;
        Optional<Line> line = Optional.empty();
        final Map<Integer, Stored> vault = new TreeMap<>();
        Line shown;
        List<Certificate> certificates = List.of();
        String template = "";
        final List<Pod> pods = new ArrayList<>();

        Subject(Terms terms) {
            this.terms = terms;
        }

        boolean isCa() {
            return terms.type() == SecretType.CA;
        }

        String word(Line of) {
            return isCa() ? of.acceptWord() : of.useWord();
        }
    }

    record Stored(VersionFacts facts, Certificate certificate) {}

    private final Trust trust;
    private final Random random;
    private final Mind mind;
    private final Subject ca;
    private final List<Subject> leaves;
    private final List<Subject> all;
    private final Map<Subject, List<Wish>> asked = new HashMap<>();
    private final List<String> story = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private int asks;
    private boolean isCompromised;

    CaWorld(long seed, Trust trust, Mind mind) {
        this.trust = trust;
        this.mind = mind;
        random = new Random(seed);
        ca = new Subject(terms("ca", SecretType.CA, trust));
        leaves = List.of(
                new Subject(terms("one", SecretType.TLS, Trust.NO_CA)),
                new Subject(terms("two", SecretType.TLS, Trust.NO_CA)));
        all = Stream.concat(Stream.of(ca), leaves.stream()).toList();
        all.forEach(it -> asked.put(it, new ArrayList<>()));
    }

    private static Terms terms(String name, SecretType type, Trust trust) {
        return new Terms(
                "hub/shop/staging/" + name,
                name,
                type,
                "recipe",
                new Timing(new Timing.Every(Duration.ofDays(type == SecretType.CA ? 3 : 2)), 0.1, List.of(), 66),
                Duration.ofHours(type == SecretType.CA ? 1 : 5),
                false,
                type == SecretType.TLS,
                trust,
                false,
                false,
                false,
                false);
    }

    /** What is wrong, with the story before it; empty when nothing is. */
    String fault() {
        for (var step = 0; step < 400; step++) {
            happens(random.nextInt(100), true);
            var found = violations();
            if (!found.isEmpty()) {
                return told(found);
            }
        }
        for (var step = 0; step < 6_000; step++) {
            happens(random.nextInt(88), false);
            if (step % 20 == 0) {
                all.stream()
                        .filter(it -> it.line.filter(Line::onHold).isPresent())
                        .filter(it -> asked.get(it).stream().noneMatch(wish -> wish.kind() == Wish.Kind.Resume))
                        .forEach(it -> ask(it, Wish.Kind.Resume));
            }
            var found = violations();
            if (!found.isEmpty()) {
                return told(found);
            }
            if (isAtRest()) {
                return "";
            }
        }
        return told(Set.of("it doesn't end"));
    }

    private void happens(int what, boolean faults) {
        if (what < 60) {
            pass(all.get(random.nextInt(all.size())), faults);
        } else if (what < 80) {
            roll(all.get(random.nextInt(all.size())), false);
        } else if (what < 84) {
            roll(all.get(random.nextInt(all.size())), true);
        } else if (what < 88) {
            now = now.plus(Duration.ofMinutes(random.nextInt(150)));
        } else if (what < 90) {
            ask(all.get(random.nextInt(all.size())), Wish.Kind.values()[random.nextInt(Wish.Kind.values().length)]);
        }
    }

    private void ask(Subject subject, Wish.Kind kind) {
        asked.get(subject).add(new Wish(kind, "op" + ++asks));
        story.add("%s  %s is asked to %s".formatted(now, subject.terms.entry(), kind));
    }

    /** One entry's part of a pass; it may be stopped after each write. */
    private void pass(Subject subject, boolean faults) {
        for (var writes = faults ? 1 + random.nextInt(8) : 100; writes > 0; writes--) {
            var decision = mind.decide(subject.terms, subject.line, observed(subject), now);
            if (!Optional.of(decision.line()).equals(subject.line)) {
                subject.line = Optional.of(decision.line());
                asked.get(subject).removeIf(it -> decision.line().consumed().contains(it.operation()));
                story.add("%s  %s %s".formatted(now, subject.terms.entry(), Lines.brief(decision.line())));
            } else if (!decision.actions().isEmpty()) {
                decision.actions().forEach(it -> act(subject, it));
            } else {
                apply(subject);
                return;
            }
        }
    }

    private void act(Subject subject, Action action) {
        switch (action) {
            case Action.Mint mint -> {
                var signer = ca.line.map(Line::current).orElse(0);
                var predecessor = subject.line.map(Line::current).orElse(0);
                var issuer = subject.isCa() ? 0 : signer;
                subject.vault.putIfAbsent(
                        mint.version(),
                        new Stored(
                                new VersionFacts(
                                        mint.version(), "x", mint.rotationId(), "recipe", now, null, null, issuer),
                                new Certificate(mint.version(), issuer, predecessor)));
            }
            case Action.Discard discard -> subject.vault.remove(discard.version());
        }
    }

    private void apply(Subject subject) {
        var line = subject.line.orElseThrow();
        var shows = subject.isCa() ? line.accepted() : List.of(line.current());
        if (line.current() == 0 || !subject.vault.keySet().containsAll(shows)) {
            return;
        }
        subject.shown = line;
        subject.certificates =
                shows.stream().map(it -> subject.vault.get(it).certificate()).toList();
        if (subject.pods.isEmpty() || random.nextBoolean()) {
            subject.template = subject.word(line);
        }
        while (subject.pods.size() < 2) {
            subject.pods.add(new Pod(subject.template, subject.certificates));
        }
    }

    private void roll(Subject subject, boolean crash) {
        if (!subject.pods.isEmpty()) {
            var index = random.nextInt(subject.pods.size());
            if (crash || !subject.pods.get(index).word().equals(subject.template)) {
                subject.pods.set(index, new Pod(subject.template, subject.certificates));
            }
        }
    }

    private Observed observed(Subject subject) {
        var shown = subject.shown;
        var behind =
                shown == null || subject.pods.stream().anyMatch(it -> !it.word().equals(subject.word(shown)))
                        ? Set.of("workload")
                        : Set.<String>of();
        var signing = ca.line.map(Line::current).orElse(0);
        return new Observed(
                subject.vault.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue()
                        .facts())),
                shown == null ? -1 : shown.pointer(),
                shown == null ? 0 : shown.current(),
                subject.isCa() ? behind : Set.of(),
                subject.isCa() ? Set.of() : behind,
                Set.of(),
                Map.of(),
                asked.get(subject),
                subject.isCa() ? 0 : signing,
                subject.isCa() || isTrusted(subject),
                !subject.isCa()
                        || leaves.stream()
                                .flatMap(it -> it.vault.values().stream())
                                .allMatch(it -> it.facts().issuer() == signing),
                "",
                false);
    }

    private boolean isTrusted(Subject leaf) {
        var accepted = ca.line.map(Line::accepted).orElse(List.of());
        return leaf.line
                .map(it -> leaf.vault.get(it.current()))
                .map(it -> accepted.contains(it.facts().issuer()))
                .orElse(true);
    }

    /** Every leaf that is shown, or would be, against every bundle that somebody has, or would get. */
    private Set<String> violations() {
        var found = new HashSet<String>();
        isCompromised = ca.line
                .filter(it -> it.phase() != Phase.Stable)
                .filter(it -> isCompromised || Cause.isLeap(it.cause()))
                .isPresent();
        var bundles = Stream.concat(Stream.of(ca.certificates), ca.pods.stream().map(Pod::holds))
                .filter(it -> !it.isEmpty())
                .collect(Collectors.toSet());
        var shown = leaves.stream()
                .flatMap(leaf -> Stream.concat(
                        Stream.of(leaf.certificates), leaf.pods.stream().map(Pod::holds)))
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        for (var leaf : shown) {
            bundles.stream()
                    .filter(it -> !isCompromised && !isTrusted(leaf, it))
                    .forEach(it -> found.add("(b) a leaf of CA %d isn't trusted with %s".formatted(leaf.issuer(), it)));
            if (!ca.vault.containsKey(leaf.issuer())) {
                found.add("(e) the key of CA %d is gone, and a leaf of it is in use".formatted(leaf.issuer()));
            }
        }
        bundles.stream()
                .flatMap(List::stream)
                .filter(it -> !ca.vault.containsKey(it.ordinal()))
                .forEach(it -> found.add("(e) CA %d is trusted, and its key is gone".formatted(it.ordinal())));
        return found;
    }

    /** With CrossSign a leaf brings along the certificate of its CA that the one before signed. */
    private boolean isTrusted(Certificate leaf, List<Certificate> bundle) {
        return bundle.stream()
                .map(Certificate::ordinal)
                .anyMatch(it -> it == leaf.issuer()
                        || trust == Trust.CROSS_SIGN
                                && ca.vault.containsKey(leaf.issuer())
                                && it
                                        == ca.vault
                                                .get(leaf.issuer())
                                                .certificate()
                                                .predecessor());
    }

    private boolean isAtRest() {
        return all.stream()
                .allMatch(it -> asked.get(it).isEmpty()
                        && it.line
                                .filter(line -> line.phase() == Phase.Stable && line.current() != 0)
                                .filter(line -> it.vault.keySet().equals(Set.of(line.current())))
                                .isPresent());
    }

    private String told(Set<String> found) {
        return Stream.concat(found.stream(), story.stream().skip(Math.max(0, story.size() - 40)))
                .collect(Collectors.joining("\n"));
    }
}
