package dev.bulkhead.faults.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.faults.random.Deed;
import dev.bulkhead.faults.random.Specs;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Users write whatever comes to mind, valid and invalid, and then something good: on a real API server it is as if the
 * good files had been applied to nothing. Half a minute; {@code make faults} tries more.
 */
@BulkheadTest
class RandomOperationsIT {

    private static final int DEEDS = 8;

    private final TestCluster cluster;

    RandomOperationsIT(TestCluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void whateverWasWrittenBeforeAGoodVersionIsWhatItWouldHaveBeen() {
        compare(6);
    }

    @Test
    @Tag("faults")
    void andSoItIsOfManyMore() {
        assertThat(compare(40)).as("of so many some were nonsense").isPositive();
    }

    /** @return how much of what was written was refused */
    private int compare(int sequences) {
        var seed = Long.getLong("random.seed", System.nanoTime() & 0xffff);
        System.err.printf("random.seed=%d%n", seed);
        cluster.applyYaml(Enumeration.PLATFORM);
        cluster.applyYaml(BOUNDED);
        try (var log = new LogWatch();
                var hubs = new Hubs(cluster);
                var history = new History(cluster.client());
                var operator = new Incarnation(
                        cluster.kube(),
                        new Gate(
                                Map.of(),
                                new ConcurrentHashMap<>(),
                                cluster.client().getHttpClient()),
                        Clock.systemUTC())) {
            var pairs = IntStream.range(0, sequences)
                    .mapToObj(at -> new Pair(seed + at, hubs.make(), hubs.make(), history))
                    .toList();
            pairs.parallelStream().forEach(Pair::write);
            Awaitility.await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> assertThat(
                            pairs.stream().flatMap(Pair::outstanding))
                    .isEmpty());
            CrashRun.settled(operator);
            var objects = CrashRun.objects(cluster.client());
            assertThat(pairs)
                    .allSatisfy(pair -> assertThat(EndState.of(pair.fresh.name(), objects.get(pair.fresh.name()))
                                    .ofTheTarget()
                                    .objects())
                            .hasSizeGreaterThan(10));

            assertThat(pairs.stream().flatMap(pair -> {
                        var fresh = EndState.of(pair.fresh.name(), objects.get(pair.fresh.name()));
                        var worn = EndState.of(pair.worn.name(), objects.get(pair.worn.name()));
                        return fresh
                                .ofTheTarget()
                                .withoutGenerations()
                                .differences(worn.ofTheTarget().withoutGenerations())
                                .stream()
                                .map(it -> "random.seed=%d: %s, after %s".formatted(pair.seed, it, pair.deeds));
                    }))
                    .isEmpty();
            assertThat(log.text()).as("what nobody expected").doesNotContain("Uncaught error");
            return pairs.stream().mapToInt(it -> it.refused.get()).sum();
        }
    }

    /** Two hub namespaces that come to the same: one has seen much, the other nothing else. */
    private final class Pair {

        private final long seed;
        private final TestNamespace worn;
        private final TestNamespace fresh;
        private final List<Deed> deeds;
        private final List<Deed.Put> good;
        private final Expected ofWorn;
        private final Expected ofFresh;
        private final AtomicInteger refused = new AtomicInteger();

        Pair(long seed, TestNamespace worn, TestNamespace fresh, History history) {
            this.seed = seed;
            this.worn = worn;
            this.fresh = fresh;
            this.deeds = Specs.ofAllSorts(new Random(seed)).deeds(DEEDS);
            this.good = Specs.valid(new Random(seed)).world();
            this.ofWorn = new Expected(worn, history);
            this.ofFresh = new Expected(fresh, history);
        }

        void write() {
            Stream.of(worn, fresh).forEach(hub -> cluster.applyYaml(hub, SOURCE));
            deeds.forEach(this::does);
            good.forEach(put -> {
                ofWorn.has(cluster.applyYaml(worn, put.manifest()));
                ofFresh.has(cluster.applyYaml(fresh, put.manifest()));
            });
        }

        /** What the API server refuses didn't happen. */
        private void does(Deed deed) {
            try {
                switch (deed) {
                    case Deed.Put put -> cluster.applyYaml(worn, put.manifest());
                    case Deed.Remove remove -> cluster.delete(remove.kind(), worn.of(remove.name()));
                }
            } catch (KubernetesClientException e) {
                assertThat(e.getCode()).as("%s: %s", deed, e.getMessage()).isIn(400, 404, 422);
                refused.incrementAndGet();
            }
        }

        Stream<String> outstanding() {
            return Stream.concat(ofWorn.outstanding().stream(), ofFresh.outstanding().stream())
                    .map(it -> "random.seed=%d: %s, after %s".formatted(seed, it, deeds));
        }
    }

    private static final String SOURCE = """
            apiVersion: v1
            kind: Secret
            metadata: {name: source}
            stringData: {token: %s}
            """.formatted(CrashRun.CANARY);

    private static final String BOUNDED = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: EnvironmentClass
            metadata: {name: bounded}
            spec:
              hubNamespaces: {matchLabels: {bulkhead.dev/team: "true"}}
              clusters: [local]
              ceilings: {pods: "100"}
              registries: [registry.example.com]
              roles: {viewer: bulkhead-viewer}
              egress: {cidrs: [203.0.113.0/24]}
            """;
}
