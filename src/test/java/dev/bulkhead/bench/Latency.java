package dev.bulkhead.bench;

import dev.bulkhead.kube.NodeRequest;
import java.util.ArrayList;
import java.util.List;

/** How long a user waits: from the first apply to Ready, one environment after the other, pods on simulated nodes. */
record Latency(Settings settings) implements Measurement {

    private static final String NAME = "latency";

    /** The first ones start the JVMs' compilers, and are not counted. */
    private static final int WARM_UP = 3;

    @Override
    public List<Figure> take() {
        var scenario = Scenario.large();
        try (var site = new Site(settings, NodeRequest.SIMULATED, NAME);
                var _ = site.operator("latency.log");
                var raw = new RawBound(site.client());
                var ready = new Ready(
                        site.client(), Scenario.HUB, scenario.workloads().size())) {
            var ours = new ArrayList<Double>();
            var plainWrites = new ArrayList<Double>();
            var plain = new ArrayList<Double>();
            for (int i = 0; i < settings.samples() + WARM_UP; i++) {
                var name = "e%03d".formatted(i);
                ours.add(environment(site, ready, scenario, name));
                var began = System.nanoTime();
                plainWrites.add(raw.environment(scenario.objects(name), raw::apply));
                raw.awaitAvailable(name);
                plain.add(Samples.seconds(began, System.nanoTime()));
            }
            var objects = scenario.objects("any").size();
            return List.of(
                    Figure.of(NAME, "objects in an environment of 3 namespaces", objects, ""),
                    Figure.of(NAME, "apply to Ready, p50", counted(ours).percentile(50), "s"),
                    Figure.of(NAME, "apply to Ready, p99", counted(ours).percentile(99), "s"),
                    Figure.of(
                            NAME,
                            "raw: the same objects written, p50",
                            counted(plainWrites).percentile(50),
                            "s"),
                    Figure.of(
                            NAME,
                            "raw: the same objects written, p99",
                            counted(plainWrites).percentile(99),
                            "s"),
                    Figure.of(
                            NAME,
                            "raw: written, and pods available, p50",
                            counted(plain).percentile(50),
                            "s"),
                    Figure.of(
                            NAME,
                            "raw: written, and pods available, p99",
                            counted(plain).percentile(99),
                            "s"));
        }
    }

    private static Samples counted(List<Double> all) {
        return new Samples(all.subList(WARM_UP, all.size()));
    }

    private static double environment(Site site, Ready ready, Scenario scenario, String name) {
        var resources = scenario.resources(name);
        var began = System.nanoTime();
        site.apply(resources);
        return Samples.seconds(began, ready.await(name));
    }
}
