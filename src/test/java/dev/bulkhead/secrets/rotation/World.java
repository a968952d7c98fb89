package dev.bulkhead.secrets.rotation;

import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.secrets.rotation.Wish.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that a rotation meets, in small: a vault, a target of two namespaces, workloads, something outside, and time. */
final class World {

    record Stored(VersionFacts facts, String value) {}

    /** What a namespace of the target shows. */
    record Shown(Line line, String use, List<String> accept) {}

    record Pod(String word, String use, List<String> accept) {}

    record Job(HookStep step, String key, int version, String value, HookState state) {}

    final Terms terms;
    final Random random;
    Instant now = Instant.parse("2026-11-22T12:00:00Z");
    Optional<Line> line = Optional.empty();
    int revision;
    final Map<Integer, Map<String, Stored>> vault = new TreeMap<>();
    final Shown[] shown = new Shown[2];
    final List<Consumer> consumers = new ArrayList<>();
    final Map<String, Job> jobs = new LinkedHashMap<>();
    final Map<Object, String> outside = new HashMap<>();
    final List<Wish> wishes = new ArrayList<>();
    final Map<String, Integer> begun = new HashMap<>();
    private final List<Supplier<String>> story = new ArrayList<>();
    String source = "s0";
    boolean leaping;
    boolean touched;
    final List<String> tooSoon = new ArrayList<>();
    boolean journalWasLost;
    final List<Line> history = new ArrayList<>();
    int applied;
    private int nonce;

    World(Terms terms, Random random, boolean accepts) {
        this.terms = terms;
        this.random = random;
        for (var namespace = 0; namespace < 2; namespace++) {
            consumers.add(new Consumer("user" + namespace, namespace, false));
            if (accepts) {
                consumers.add(new Consumer("acceptor" + namespace, namespace, true));
            }
        }
    }

    // --- what the operator sees and does ---

    Observed observed() {
        return new Observed(
                versions(),
                inForce(),
                Stream.of(shown)
                        .filter(it -> it != null)
                        .mapToInt(it -> it.line().current())
                        .min()
                        .orElse(0),
                behind(true),
                behind(false),
                Set.of(),
                line.map(this::hooks).orElse(Map.of()),
                wishes,
                0,
                true,
                true,
                source,
                false);
    }

    /** What is shown everywhere; or what is shown anywhere and the journal doesn't know of. */
    private long inForce() {
        var pointers = Stream.of(shown)
                .filter(it -> it != null)
                .mapToLong(it -> it.line().pointer())
                .summaryStatistics();
        if (line.filter(it -> pointers.getMax() > it.pointer()).isPresent()) {
            return pointers.getMax();
        }
        return pointers.getCount() == shown.length ? pointers.getMin() : -1;
    }

    Map<Integer, VersionFacts> versions() {
        return vault.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        it -> it.getValue().values().iterator().next().facts()));
    }

    private Set<String> behind(boolean accepts) {
        return consumers.stream()
                .filter(it -> it.accepts == accepts)
                .filter(it -> shown[it.namespace] == null
                        || it.pods.stream().anyMatch(pod -> !pod.word().equals(it.word(shown[it.namespace]))))
                .map(it -> it.name)
                .collect(Collectors.toSet());
    }

    private Map<HookStep, HookState> hooks(Line of) {
        return Stream.of(HookStep.values())
                .filter(step -> jobs.containsKey(key(step, of)))
                .collect(Collectors.toMap(
                        step -> step, step -> jobs.get(key(step, of)).state()));
    }

    static String key(HookStep step, Line line) {
        return step + " " + line.rotationId() + " " + line.attempts();
    }

    boolean store(Line changed, int expected) {
        if (revision != expected) {
            return false;
        }
        var before = line;
        line = Optional.of(changed);
        revision++;
        touched = true;
        history.add(changed);
        if (before.map(it -> !it.cause().equals(changed.cause())).orElse(true)) {
            begun.merge(changed.cause(), 1, Integer::sum);
        }
        if (before.filter(it -> Statements.startsTooSoon(it, changed)).isPresent()) {
            tooSoon.add(Lines.brief(changed));
        }
        leaping = Cause.isLeap(changed.cause()) && changed.phase() != Phase.Stable || leaping && !isEven(changed);
        tell(() -> "stored " + Lines.brief(changed));
        return true;
    }

    /** Everybody has the same, and nothing else is on its way. A journal that comes back may know nothing of a leap. */
    private boolean isEven(Line stored) {
        return stored.phase() == Phase.Stable
                && (stored.current() == 0
                        || value(stored.current())
                                .filter(this::isUsedByAll)
                                .filter(this::isAcceptedByAll)
                                .isPresent());
    }

    private boolean isAcceptedByAll(String value) {
        return consumers.stream()
                .filter(it -> it.accepts)
                .flatMap(it -> it.pods.stream())
                .allMatch(it -> it.accept().contains(value));
    }

    void act(Action action) {
        touched = true;
        tell(action::toString);
        switch (action) {
            case Action.Mint mint -> {
                var copied = terms.type() == SecretType.Static;
                if (copied && source.isEmpty()) {
                    return;
                }
                var held = vault.computeIfAbsent(mint.version(), _ -> new TreeMap<>());
                if (!held.containsKey(mint.rotationId())) {
                    var value = "v%d#%s".formatted(mint.version(), copied ? source : Integer.toString(++nonce));
                    var recipe = copied ? source : terms.recipe();
                    held.put(
                            mint.rotationId(),
                            new Stored(
                                    new VersionFacts(
                                            mint.version(), "x", mint.rotationId(), recipe, now, null, null, 0),
                                    value));
                }
            }
            case Action.Discard discard -> vault.remove(discard.version());
        }
    }

    Optional<String> value(int version) {
        return Optional.ofNullable(vault.get(version))
                .map(it -> it.values().iterator().next().value());
    }

    /** One namespace's Secret; then the templates of some workloads, as the budget lets them. */
    void apply(Line line, int namespace) {
        var use = value(line.current());
        var accept = line.accepted().stream().map(this::value).toList();
        if (use.isEmpty() || accept.stream().anyMatch(Optional::isEmpty)) {
            return;
        }
        applied++;
        // As the writer does: what shows more than the journal knows of is left.
        if (shown[namespace] != null && shown[namespace].line().pointer() > line.pointer()) {
            return;
        }
        shown[namespace] =
                new Shown(line, use.get(), accept.stream().map(Optional::get).toList());
        for (var consumer : consumers) {
            if (consumer.namespace == namespace && (consumer.pods.isEmpty() || random.nextInt(3) > 0)) {
                consumer.template = consumer.word(shown[namespace]);
                if (consumer.pods.isEmpty()) {
                    consumer.pods.add(started(consumer));
                    consumer.pods.add(started(consumer));
                }
            }
        }
    }

    void applyHooks(Line line) {
        var wanted = Rotation.hook(terms, line, versions());
        jobs.keySet()
                .removeIf(it -> wanted.map(step -> !it.equals(key(step, line))).orElse(true));
        wanted.ifPresent(step -> {
            var version = step == HookStep.REVOKE ? line.retiring() : line.pending();
            value(version)
                    .ifPresent(value -> jobs.computeIfAbsent(
                            key(step, line),
                            key -> new Job(step, key, version, value, new HookState.Running("Job shop/login"))));
        });
    }

    /** The Operations' statuses are written after the line took them, and nobody asks again. */
    void operationsAreReported() {
        var taken = line.map(Line::consumed).orElse(List.of());
        wishes.removeIf(it -> taken.contains(it.operation()));
    }

    // --- what happens by itself ---

    void journalIsLost() {
        tell(() -> "the journal is lost");
        journalWasLost = true;
        line = Optional.empty();
        revision++;
    }

    /**
     * A backup of the journal comes back; not of what it speaks of. As long as the target shows nothing nobody can tell: it
     * calls a first version installed that was revoked since, or gives its name again.
     */
    void journalIsOld() {
        var canBeTold = !terms.installs() || Stream.of(shown).anyMatch(it -> it != null);
        if (!history.isEmpty() && canBeTold) {
            journalWasLost = true;
            var old = history.get(random.nextInt(history.size()));
            line = Optional.of(old);
            tell(() -> "the journal is again " + Lines.brief(old));
            revision++;
        }
    }

    /** A backup of the whole hub comes back: of the journal and the vault, and not of the target. */
    void hubIsOld(Line old, Map<Integer, Map<String, Stored>> held) {
        journalWasLost = true;
        line = Optional.of(old);
        vault.clear();
        vault.putAll(held);
        tell(() -> "the hub is again at " + Lines.brief(old));
        revision++;
    }

    private Pod started(Consumer consumer) {
        var secret = shown[consumer.namespace];
        return new Pod(consumer.template, secret.use(), secret.accept());
    }

    void roll(boolean crash) {
        var ready = consumers.stream().filter(it -> !it.pods.isEmpty()).toList();
        if (ready.isEmpty()) {
            return;
        }
        var consumer = ready.get(random.nextInt(ready.size()));
        var index = random.nextInt(consumer.pods.size());
        if (crash || !consumer.pods.get(index).word().equals(consumer.template)) {
            touched = true;
            consumer.pods.set(index, started(consumer));
        }
    }

    /** A hook ends, in one of the ways in which hooks end. */
    void hookEnds(boolean faults) {
        var running = jobs.values().stream()
                .filter(it -> it.state() instanceof HookState.Running)
                .toList();
        if (running.isEmpty()) {
            return;
        }
        var job = running.get(random.nextInt(running.size()));
        var fate = faults ? random.nextInt(8) : 0;
        if (fate == 1) {
            jobs.remove(job.key());
            return;
        }
        var happens = fate == 0 || fate > 5;
        if (happens) {
            takeEffect(job);
        }
        var works = job.step() != HookStep.VERIFY || isOutside(job.value(), job.version()) || !terms.installs();
        HookState state =
                switch (fate) {
                    case 0 -> works ? new HookState.Succeeded() : new HookState.Rejected("it doesn't work");
                    case 2, 3, 6 -> new HookState.TimedOut("took too long");
                    default -> new HookState.Rejected("no");
                };
        tell(() -> "%s %d %s".formatted(job.step(), job.version(), state));
        jobs.put(job.key(), new Job(job.step(), job.key(), job.version(), job.value(), state));
    }

    private void takeEffect(Job job) {
        touched = true;
        switch (job.step()) {
            case INSTALL -> outside.put(slot(job.version(), job.value()), job.value());
            case REVOKE -> outside.remove(slot(job.version(), job.value()));
            case VERIFY -> {}
        }
    }

    /** Of two users who take turns each has one password; else there is room for all. */
    private Object slot(int version, String value) {
        return terms.alternates() ? (Object) (version % 2) : bytes(value);
    }

    private boolean isOutside(String value, int version) {
        var there = outside.get(slot(version, value));
        return there != null && bytes(there).equals(bytes(value));
    }

    /** Two versions of what is copied may be the same, when a source is changed and put back. */
    String bytes(String value) {
        return terms.type() == SecretType.Static ? value.substring(value.indexOf('#')) : value;
    }

    void wish(Kind kind) {
        var wish = new Wish(kind, "op" + ++nonce);
        wishes.add(wish);
        tell(wish::toString);
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    /** One version everywhere, nothing asked, nothing left behind. */
    boolean isAtRest() {
        return wishes.isEmpty()
                && line.filter(it -> it.phase() == Phase.Stable && it.current() != 0)
                        .filter(it -> vault.keySet().equals(Set.of(it.current())))
                        .filter(it -> isUsedByAll(value(it.current()).orElseThrow()))
                        .isPresent();
    }

    private boolean isUsedByAll(String value) {
        var started = consumers.stream()
                .filter(it -> !it.accepts)
                .flatMap(it -> it.pods.stream())
                .map(Pod::use);
        return Stream.concat(started, Stream.of(shown).filter(it -> it != null).map(Shown::use))
                .allMatch(value::equals);
    }

    private void tell(Supplier<String> what) {
        var at = now;
        story.add(() -> "%s  %s".formatted(at, what.get()));
    }

    /** What happened last. */
    Stream<String> story() {
        return story.stream().skip(Math.max(0, story.size() - 40)).map(Supplier::get);
    }
}
