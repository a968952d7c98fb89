package dev.bulkhead.faults.crash;

import dev.bulkhead.faults.crash.CrashRun.Result;
import dev.bulkhead.faults.crash.End.Moment;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.TestCluster;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Runs scenarios once undisturbed, and then with a death at their writes. */
final class Enumeration {

    /** The ways to die of who is alone. */
    private static final List<Moment> ALONE = List.of(Moment.BEFORE, Moment.AFTER, Moment.OVERTAKEN);

    /** Environments that one operator has at once. */
    private static final int AT_ONCE = 80;

    private final TestCluster cluster;
    private final Audit audit;
    private final Duration quiet;

    Enumeration(TestCluster cluster, Audit audit, Duration quiet) {
        this.cluster = cluster;
        this.audit = audit;
        this.quiet = quiet;
    }

    /** Of n writes, at which to die, and how. */
    interface Selection extends IntFunction<Stream<End>> {}

    static Selection all() {
        return n ->
                IntStream.rangeClosed(1, n).boxed().flatMap(k -> ALONE.stream().map(moment -> new End(k, moment)));
    }

    /** At most so many, evenly spread, each in another way; the first by a seed, which is printed. */
    static Selection some(int deaths) {
        return some(deaths, ALONE);
    }

    static Selection some(int deaths, List<Moment> among) {
        var seed = Long.getLong("crash.seed", System.nanoTime() & 0xffff);
        System.err.printf("crash.seed=%d%n", seed);
        return n -> {
            var step = Math.max(1, n / deaths);
            var first = new Random(seed).nextInt(1, step + 1);
            return IntStream.iterate(first, k -> k <= n, k -> k + step)
                    .limit(deaths)
                    .mapToObj(k -> new End(k, among.get(Math.floorMod(seed + k / step, among.size()))));
        };
    }

    /**
     * @param writes of the undisturbed run, by scenario
     * @param general what is wrong with no one scenario
     */
    record Outcome(
            Map<Scenario, Integer> writes,
            List<Result> results,
            Map<Scenario, List<String>> wrong,
            List<String> general) {

        int cases() {
            return (int) results.stream().filter(it -> it.of().died()).count();
        }

        /** Without a fault. */
        int written() {
            return writes.values().stream().mapToInt(it -> it).sum();
        }

        List<String> violations() {
            return Stream.concat(wrong.values().stream().flatMap(List::stream), general.stream())
                    .toList();
        }

        String table() {
            return writes.entrySet().stream()
                    .map(it -> "crash: %-28s %3d writes, %4d deaths, %d violations"
                            .formatted(
                                    it.getKey().words(),
                                    it.getValue(),
                                    results.stream()
                                            .filter(result -> result.of().scenario() == it.getKey())
                                            .filter(result -> result.of().died())
                                            .count(),
                                    wrong.getOrDefault(it.getKey(), List.of()).size()))
                    .collect(Collectors.joining("\n"));
        }
    }

    /** Of secrets: who takes over first has a clock that is off, and what the one before had sent may arrive late. */
    Outcome someWithAnotherClock(int deaths, int hours, Moment... among) {
        return run(Scenario.ofSecrets(), some(deaths, List.of(among)), Optional.of(Duration.ofHours(hours)));
    }

    Outcome run(List<Scenario> scenarios, Selection which) {
        return run(scenarios, which, Optional.empty());
    }

    /** @param wrongBy how far off the clock of the operator is that takes over first */
    Outcome run(List<Scenario> scenarios, Selection which, Optional<Duration> wrongBy) {
        cluster.applyYaml(PLATFORM);
        var writes = new EnumMap<Scenario, Integer>(Scenario.class);
        var results = new ArrayList<Result>();
        var wrong = new EnumMap<Scenario, List<String>>(Scenario.class);
        try (var log = new LogWatch();
                var hubs = new Hubs(cluster);
                var history = new History(cluster.client())) {
            var run = new CrashRun(
                    cluster, audit, (lives, inventories) -> incarnation(Clock.systemUTC(), lives, inventories), quiet);
            var between = wrongBy.map(by -> Clock.offset(Clock.systemUTC(), by))
                    .<CrashRun.Births>map(clock -> (lives, inventories) -> incarnation(clock, lives, inventories));
            var undisturbed = new EnumMap<Scenario, Result>(Scenario.class);
            run.run(
                            scenarios.stream()
                                    .map(it -> aCase(it, Optional.empty(), hubs, history))
                                    .toList(),
                            history)
                    .forEach(it -> undisturbed.put(it.of().scenario(), it));
            undisturbed.forEach((scenario, result) -> {
                writes.put(scenario, result.of().life().writes().size());
                wrong.put(scenario, new ArrayList<>(violations(result, result)));
            });
            // What a first operator leaves for good, such as the pools of libraries, no second one adds to.
            var threads = Thread.getAllStackTraces().keySet();
            var cases = scenarios.stream()
                    .flatMap(scenario -> which.apply(writes.get(scenario))
                            .map(end -> aCase(scenario, Optional.of(end), hubs, history)))
                    .toList();
            for (var from = 0; from < cases.size(); from += AT_ONCE) {
                run.run(cases.subList(from, Math.min(cases.size(), from + AT_ONCE)), history, between)
                        .forEach(result -> {
                            results.add(result);
                            wrong.get(result.of().scenario())
                                    .addAll(violations(
                                            undisturbed.get(result.of().scenario()), result));
                        });
            }
            var general = Stream.of(
                            run.strays(),
                            threadsLeft(threads),
                            Invariants.nothingTold(CrashRun.CANARY, Map.of("the log", log.text())),
                            results.stream()
                                    .flatMap(it -> NothingLost.values(it.secrets()).stream())
                                    .flatMap(it -> Invariants.nothingTold(it, Map.of("the log", log.text())).stream())
                                    .toList())
                    .flatMap(List::stream)
                    .toList();
            return new Outcome(writes, results, wrong, general);
        }
    }

    private Incarnation incarnation(Clock clock, Map<String, Life> lives, Map<String, String> inventories) {
        return new Incarnation(
                cluster.kube(), new Gate(lives, inventories, cluster.client().getHttpClient()), clock);
    }

    /** A thread that has nothing to do any more may take a moment to end. */
    private static List<String> threadsLeft(Set<Thread> before) {
        var left = new AtomicReference<List<String>>();
        try {
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                left.set(Invariants.noThreadsLeft(
                        before, Thread.getAllStackTraces().keySet()));
                return left.get().isEmpty();
            });
        } catch (ConditionTimeoutException _) {
            // What is left is what there is to say.
        }
        return left.get();
    }

    private Case aCase(Scenario scenario, Optional<End> end, Hubs hubs, History history) {
        return new Case(scenario, end, hubs.make(), cluster, history);
    }

    static List<String> violations(Result undisturbed, Result result) {
        var skips = result.of().scenario().skips();
        return Stream.of(
                        result.problems(),
                        skips
                                ? undisturbed
                                        .end()
                                        .withoutGenerations()
                                        .differences(result.end().withoutGenerations())
                                : undisturbed.end().differences(result.end()),
                        skips
                                ? Invariants.notMoreOften(undisturbed.requests(), result.requests())
                                : Invariants.sameCounts(undisturbed.requests(), result.requests()),
                        Invariants.nothingTold(CrashRun.CANARY, result.end().texts()),
                        Invariants.nothingTold(CrashRun.CANARY, result.events()),
                        Invariants.neverBackwards(result.history()),
                        result.of().scenario().takesAllAlong()
                                ? Invariants.childrenGoFirst(result.history())
                                : List.<String>of(),
                        Invariants.bounded(undisturbed.requests(), result.requests()),
                        result.of().scenario().makesSecrets()
                                ? NothingLost.violations(result.secrets())
                                : List.<String>of(),
                        told(result),
                        Invariants.truthful(result.history()))
                .flatMap(List::stream)
                .map(it -> "%s: %s [%s]".formatted(result.of(), it, lastWrite(result)))
                .toList();
    }

    private static List<String> told(Result result) {
        return NothingLost.values(result.secrets()).stream()
                .flatMap(it -> Stream.of(result.end().texts(), result.events())
                        .flatMap(texts -> Invariants.nothingTold(it, texts).stream()))
                .toList();
    }

    private static String lastWrite(Result result) {
        var writes = result.of().life().writes();
        return writes.isEmpty() ? "" : writes.getLast();
    }

    static final String PLATFORM = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: TargetCluster
            metadata: {name: local}
            spec: {local: {}}
            ---
            apiVersion: bulkhead.dev/v1alpha1
            kind: EnvironmentClass
            metadata:
              name: standard
              annotations: {bulkhead.dev/is-default-class: "true"}
            spec:
              hubNamespaces: {matchLabels: {bulkhead.dev/team: "true"}}
              clusters: [local]
              defaultCluster: local
              ceilings: {requests.cpu: "8", pods: "100"}
              registries: [registry.example.com]
            """;
}
