package dev.bulkhead.faults.crash;

import dev.bulkhead.apply.Kind;
import dev.bulkhead.kube.Audit;
import dev.bulkhead.kube.AuditRequest;
import dev.bulkhead.kube.TestCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Cases side by side: one operator lives with all of them, each case cuts off what is written for it at its own write, and
 * when all have come to their end another operator takes over.
 */
final class CrashRun {

    static final String CANARY = "canary-of-the-crashes";

    private static final Duration SETTLED = Duration.ofSeconds(2);
    private static final List<String> OURS =
            List.of("Environment", "Workload", "NetworkPolicySet", "SecretScope", "Operation");

    private final TestCluster cluster;
    private final Audit audit;
    private final Births births;
    private final Duration quiet;
    private final List<String> strays = new ArrayList<>();

    /** @param quiet how long nothing may be written at the end */
    CrashRun(TestCluster cluster, Audit audit, Births births, Duration quiet) {
        this.cluster = cluster;
        this.audit = audit;
        this.births = births;
        this.quiet = quiet;
    }

    /** One life of the operator. It ends without a word. */
    interface Mortal extends AutoCloseable {

        /** How long nothing has been written. */
        Duration quiet();

        @Override
        void close();
    }

    /** Brings an operator to life. */
    interface Births {

        /**
         * @param lives hub namespace → what may be written for it
         * @param hubsOfInventories filled as inventories are seen; they are named by a hash
         */
        Mortal give(Map<String, Life> lives, Map<String, String> hubsOfInventories);
    }

    /**
     * What became of a case.
     *
     * @param requests what the operators asked for, from when it counted until it was quiet
     * @param events reason → message
     */
    record Result(
            Case of,
            EndState end,
            List<AuditRequest> requests,
            List<Seen> history,
            List<SeenSecret> secrets,
            Map<String, String> events,
            List<String> problems) {}

    List<Result> run(List<Case> cases, History history) {
        return run(cases, history, Optional.empty());
    }

    /** @param between who takes over first, for as long as there is something to do */
    List<Result> run(List<Case> cases, History history, Optional<Births> between) {
        var lives = cases.stream().collect(Collectors.toMap(it -> it.hub().name(), Case::life));
        var inventories = new ConcurrentHashMap<String, String>();
        var problems = new ConcurrentHashMap<Case, List<String>>();
        // Those of a test before may still be going, and be gone in a moment.
        var teams = new HashSet<>(teams());
        try (var mortal = births.give(lives, inventories)) {
            problems.putAll(all(cases, Case::prepare));
            settled(mortal);
            audit.mark();
            cases.forEach(it -> it.life().begin());
            merge(problems, all(cases, Case::live));
            // What died has died; what didn't, for want of so many writes, is at its end.
            settled(mortal);
        }
        all(cases, it -> {
            it.whileDown();
            return List.of();
        });
        between.ifPresent(it -> {
            try (var other = it.give(Map.of(), inventories)) {
                settled(other);
            }
        });
        try (var next = births.give(Map.of(), inventories)) {
            merge(problems, all(cases, Case::goOn));
            settled(next);
            var all = audit.requests();
            teams.addAll(teams());
            strays.addAll(Invariants.insideTheFence(all, teams));
            var requests = byHub(all, inventories);
            var ends = ends(cases);
            var events = events();
            audit.mark();
            Awaitility.await()
                    .atMost(quiet.plusSeconds(30))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> next.quiet().compareTo(quiet) > 0
                            || !Invariants.quiet(audit.requests()).isEmpty());
            var unrest = byHub(audit.requests(), inventories);
            return cases.stream()
                    .map(it -> new Result(
                            it,
                            ends.get(it),
                            requests.getOrDefault(it.hub().name(), List.of()),
                            history.of(it.hub().name()),
                            history.secretsOf(it.hub().name()),
                            events.getOrDefault(it.hub().name(), Map.of()),
                            Stream.concat(
                                            problems.getOrDefault(it, List.of()).stream(),
                                            Invariants.quiet(
                                                    unrest.getOrDefault(it.hub().name(), List.of()))
                                                    .stream())
                                    .toList()))
                    .toList();
        }
    }

    /** Writes to what isn't the operator's, whoever's environment they were for. */
    List<String> strays() {
        return List.copyOf(strays);
    }

    private Set<String> teams() {
        return cluster.client().namespaces().withLabel("bulkhead.dev/team", "true").list().getItems().stream()
                .map(it -> it.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    private Map<String, Map<String, String>> events() {
        return cluster.client().v1().events().inAnyNamespace().list().getItems().stream()
                .collect(Collectors.groupingBy(
                        it -> it.getMetadata().getNamespace(),
                        Collectors.toMap(
                                it -> "Event " + it.getReason(),
                                it -> String.valueOf(it.getMessage()),
                                (one, other) -> one + "\n" + other)));
    }

    static void settled(Mortal operator) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> operator.quiet().compareTo(SETTLED) > 0);
    }

    private static void merge(Map<Case, List<String>> into, Map<Case, List<String>> more) {
        more.forEach((key, value) -> into.merge(key, value, (one, other) -> Stream.concat(one.stream(), other.stream())
                .toList()));
    }

    private static Map<Case, List<String>> all(List<Case> cases, Function<Case, List<String>> what) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new HashMap<Case, List<String>>();
            var futures = threads.invokeAll(cases.stream()
                    .<Callable<List<String>>>map(it -> () -> what.apply(it))
                    .toList());
            for (var at = 0; at < cases.size(); at++) {
                results.put(cases.get(at), futures.get(at).get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, List<AuditRequest>> byHub(
            List<AuditRequest> requests, Map<String, String> hubsOfInventories) {
        return requests.stream().collect(Collectors.groupingBy(request -> hub(request, hubsOfInventories)));
    }

    /** Whose environment a request was about; some are about nobody's. */
    static String hub(AuditRequest request, Map<String, String> hubsOfInventories) {
        if (request.namespace().equals("bulkhead-system")) {
            return hubsOfInventories.getOrDefault(request.name(), "");
        }
        return Hubs.of(request.namespace().isEmpty() ? request.name() : request.namespace());
    }

    private Map<Case, EndState> ends(List<Case> cases) {
        var objects = objects(cluster.client());
        return cases.stream()
                .collect(Collectors.toMap(
                        it -> it,
                        it -> EndState.of(
                                it.hub().name(), objects.getOrDefault(it.hub().name(), List.of()))));
    }

    static Map<String, List<GenericKubernetesResource>> objects(KubernetesClient client) {
        var all = new ArrayList<GenericKubernetesResource>();
        Arrays.stream(Kind.values()).filter(kind -> !kind.isAdded()).forEach(kind -> {
            var objects = client.genericKubernetesResources(kind.apiVersion(), kind.kind());
            all.addAll(
                    kind == Kind.NAMESPACE
                            ? objects.list().getItems()
                            : objects.inAnyNamespace().list().getItems());
        });
        all.addAll(client.genericKubernetesResources("apps/v1", "ControllerRevision")
                .inAnyNamespace()
                .list()
                .getItems());
        OURS.forEach(kind -> all.addAll(client.genericKubernetesResources("bulkhead.dev/v1alpha1", kind)
                .inAnyNamespace()
                .list()
                .getItems()));
        return all.stream().collect(Collectors.groupingBy(CrashRun::hub));
    }

    private static String hub(GenericKubernetesResource object) {
        var metadata = object.getMetadata();
        var labels = metadata.getLabels() == null ? Map.<String, String>of() : metadata.getLabels();
        if ("bulkhead-system".equals(metadata.getNamespace())) {
            return labels.getOrDefault("bulkhead.dev/hub-namespace", "");
        }
        return Hubs.of(metadata.getNamespace() == null ? metadata.getName() : metadata.getNamespace());
    }
}
