package dev.bulkhead.bench;

import dev.bulkhead.api.v1alpha1.SecretEntryStatus;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.kube.NodeRequest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Thousands of secrets that are made here: made at once, left alone, and all due at once. */
record ManySecrets(Settings settings) implements Measurement {

    private static final String NAME = "secrets";
    private static final int ENVIRONMENTS = 50;
    private static final int ENTRIES = 100;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    @Override
    public List<Figure> take() {
        var figures = new ArrayList<Figure>();
        try (var site = new Site(settings, NodeRequest.NONE, NAME);
                var raw = new RawBound(site.client());
                var ready = new Ready(site.client(), Scenario.HUB, 0)) {
            try (var operator = site.operator("secrets.log")) {
                raw.all(environments(), raw::apply);
                ready.awaitAll(ENVIRONMENTS);
                Quiet.nothingFor(10);
                figures.addAll(memory(operator, "no entry"));
                figures.addAll(takes(site, raw, "made", 32, "1"));
                Quiet.nothingFor(30);
                figures.addAll(memory(operator, "%d entries".formatted(ENVIRONMENTS * ENTRIES)));
                var quiet = site.audit();
                Quiet.nothingFor(settings.window());
                figures.add(Figure.of(
                                NAME,
                                "requests other than watches and leases in %d s".formatted(settings.window()),
                                AuditCount.sum(quiet.requests()),
                                "")
                        .aimingAt("0"));
                figures.addAll(takes(site, raw, "due at once, and replaced", 48, "2"));
                figures.addAll(memory(operator, "%d entries, replaced".formatted(ENVIRONMENTS * ENTRIES)));
                figures.add(Figure.of(NAME, "highest resident", operator.peakMebibytes(), "MiB"));
            }
            figures.add(restart(site, ready));
        }
        return figures;
    }

    /** Another number of bytes is another recipe: everything is due, as after a restore of an old backup. */
    private static List<Figure> takes(Site site, RawBound raw, String what, int bytes, String version) {
        var audit = site.audit();
        var began = System.nanoTime();
        raw.all(scopes(bytes), raw::apply);
        awaitStable(site.client(), version);
        var seconds = Samples.seconds(began, System.nanoTime());
        var requests = audit.requests();
        var figures = new ArrayList<>(List.of(
                Figure.of(NAME, "%d %s".formatted(ENVIRONMENTS * ENTRIES, what), seconds, "s"),
                Figure.of(NAME, "writes a second, at most, when %s".formatted(what), audit.busiestSecond(), ""),
                Figure.of(
                                NAME,
                                "writes to the vault a second, at most, when %s".formatted(what),
                                audit.busiestSecondOfVaults(),
                                "")
                        .aimingAt("360"),
                Figure.of(NAME, "writes per entry, when %s".formatted(what), each(AuditCount.writes(requests)), "")));
        requests.forEach((request, count) ->
                figures.add(Figure.of(NAME, "when %s: %s per entry".formatted(what, request), each(count), "")));
        return figures;
    }

    private static double each(int count) {
        return (double) count / (ENVIRONMENTS * ENTRIES);
    }

    private static void awaitStable(KubernetesClient client, String version) {
        Awaitility.await()
                .atMost(LONGEST)
                .pollInterval(500, TimeUnit.MILLISECONDS)
                .until(() -> {
                    var scopes = client.resources(SecretScope.class)
                            .inNamespace(Scenario.HUB)
                            .list()
                            .getItems();
                    return scopes.size() == ENVIRONMENTS && scopes.stream().allMatch(scope -> isStable(scope, version));
                });
    }

    private static boolean isStable(SecretScope scope, String version) {
        var status = scope.getStatus();
        return status != null
                && status.entries().stream().filter(entry -> is(entry, version)).count() == ENTRIES;
    }

    private static boolean is(SecretEntryStatus entry, String version) {
        return entry.phase().equals("Stable") && version.equals(entry.version());
    }

    /** Resident first: the collection that weighs the heap gives some of it back. */
    private static List<Figure> memory(OperatorJvm operator, String what) {
        return List.of(
                Figure.of(NAME, "resident, %s".formatted(what), operator.residentMebibytes(), "MiB"),
                Figure.of(NAME, "heap after GC, %s".formatted(what), operator.heapMebibytes(), "MiB"));
    }

    private Figure restart(Site site, Ready ready) {
        var audit = site.audit();
        site.apply(Scenario.small().resources("after"));
        try (var _ = site.operator("secrets-restart.log")) {
            ready.await("after");
            Quiet.nothingFor(30);
            var made = audit.requests().entrySet().stream()
                    .filter(it -> it.getKey().startsWith("create secrets"))
                    .collect(Collectors.summingInt(Map.Entry::getValue));
            return Figure.of(NAME, "versions made by a restart", made, "").aimingAt("0");
        }
    }

    private static List<HasMetadata> environments() {
        return IntStream.range(0, ENVIRONMENTS)
                .mapToObj(i -> Scenario.small().resources(name(i)).getFirst())
                .toList();
    }

    private static List<HasMetadata> scopes(int bytes) {
        return IntStream.range(0, ENVIRONMENTS)
                .mapToObj(i -> scope(name(i), bytes))
                .toList();
    }

    private static HasMetadata scope(String environment, int bytes) {
        var entries = IntStream.range(0, ENTRIES)
                .mapToObj("  - {name: token-%%03d, type: Token, token: {bytes: %d}}".formatted(bytes)::formatted)
                .collect(Collectors.joining("\n"));
        return Serialization.unmarshal("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: SecretScope
                metadata: {name: %1$s, namespace: %2$s}
                spec:
                  environmentRef: {name: %1$s}
                  drain: {atLeast: 1s}
                  entries:
                """.formatted(environment, Scenario.HUB) + entries + "\n", SecretScope.class);
    }

    private static String name(int i) {
        return "e%03d".formatted(i);
    }
}
