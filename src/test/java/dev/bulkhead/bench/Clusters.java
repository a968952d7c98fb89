package dev.bulkhead.bench;

import dev.bulkhead.kube.ClusterSource;
import dev.bulkhead.kube.KubeCluster;
import dev.bulkhead.kube.NodeRequest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * Whether clusters that are dead, silent or slow make those that are well slower: a hub, two API servers that look like twenty
 * clusters, and ten of which nothing good comes. One run: without the ten, with them, and without them again.
 */
record Clusters(Settings settings) implements Measurement {

    private static final String NAME = "clusters";
    private static final int WELL = 20;

    /** The first ones start the JVM's compilers, and are not counted. */
    private static final int WARM_UP = WELL;

    @Override
    public List<Figure> take() {
        var source = new ClusterSource(settings.tree(), System.getenv(), line -> System.err.println("   " + line));
        var figures = new ArrayList<Figure>();
        try (var site = new Site(settings, NodeRequest.NONE, NAME);
                var one = target(source, 1);
                var two = target(source, 2);
                var aliases = new Aliases(site.client(), List.of(one, two));
                var operator = site.operator("clusters.log");
                var ready = new Ready(site.client(), Scenario.HUB, 0)) {
            site.apply(List.of(Aliases.environmentClass()));
            aliases.well(WELL);
            made(site, ready, "w", WARM_UP);
            figures.addAll(weighed("20 clusters", operator));

            var before = made(site, ready, "a", settings.samples());
            aliases.unwell();
            Aliases.UNWELL.forEach(name ->
                    IntStream.range(0, 2).forEach(i -> site.apply(environment("lost-%s-%d".formatted(name, i), name))));
            aliases.awaitSaid();
            var with = made(site, ready, "b", settings.samples());
            figures.addAll(weighed("30 clusters, 10 of them not well", operator));
            aliases.forget();
            var after = made(site, ready, "c", settings.samples());

            var without = new ArrayList<>(before);
            without.addAll(after);
            figures.addAll(times("20 clusters that are well", new Samples(without)));
            figures.addAll(times("the same 20, beside 10 that are not", new Samples(with)));
            figures.add(Figure.of(
                            NAME,
                            "apply to Ready, p99, with the 10 to without",
                            new Samples(with).percentile(99) / new Samples(without).percentile(99),
                            "")
                    .aimingAt("< 1.2"));
            return figures;
        }
    }

    private KubeCluster target(ClusterSource source, int number) {
        return source.another(
                "bench-target-%d-%d".formatted(number, ProcessHandle.current().pid()), NodeRequest.NONE);
    }

    /** One after the other, over all clusters that are well in turn. */
    private static List<Double> made(Site site, Ready ready, String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    var name = "%s%03d".formatted(prefix, i);
                    var resources = environment(name, Aliases.name(i % WELL));
                    var began = System.nanoTime();
                    site.apply(resources);
                    return Samples.seconds(began, ready.await(name));
                })
                .toList();
    }

    private static List<HasMetadata> environment(String name, String cluster) {
        return Scenario.small().on(cluster, Aliases.CLASS).resources(name);
    }

    private static List<Figure> weighed(String when, OperatorJvm operator) {
        // What was opened a moment ago settles.
        Awaitility.await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
        return List.of(
                Figure.of(NAME, "threads, " + when, operator.threads(), ""),
                Figure.of(NAME, "resident, " + when, operator.residentMebibytes(), "MiB"),
                Figure.of(NAME, "heap after GC, " + when, operator.heapMebibytes(), "MiB"));
    }

    private static List<Figure> times(String when, Samples samples) {
        return List.of(
                Figure.of(NAME, "apply to Ready, p50, " + when, samples.percentile(50), "s"),
                Figure.of(NAME, "apply to Ready, p99, " + when, samples.percentile(99), "s"));
    }
}
