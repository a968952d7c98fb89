package dev.bulkhead.bench;

import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.kube.NodeRequest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Many environments at once, what they cost, and what is left in memory of them. */
record Throughput(Settings settings) implements Measurement {

    private static final String NAME = "throughput";
    private static final String MEMORY = "memory";
    private static final String START = "start";

    @Override
    public List<Figure> take() {
        var scenario = Scenario.small();
        var figures = new ArrayList<Figure>();
        try (var site = new Site(settings, NodeRequest.NONE, NAME);
                var raw = new RawBound(site.client());
                var ready = new Ready(site.client(), Scenario.HUB, 0)) {
            figures.addAll(operator(site, raw, ready, scenario));
            figures.addAll(restart(site, ready));
            var ours = figures.stream()
                    .filter(figure -> figure.what().startsWith("objects per second"))
                    .findFirst()
                    .orElseThrow()
                    .value();
            var applied = raw(site, raw, scenario, "a", raw::apply);
            var created = raw(site, raw, scenario, "c", raw::create);
            figures.add(Figure.of(NAME, "raw bound by server-side apply", applied, "objects/s"));
            figures.add(Figure.of(NAME, "raw bound by create", created, "objects/s"));
            figures.add(Figure.of(NAME, "share of the raw bound by server-side apply", 100 * ours / applied, "%")
                    .aimingAt("60 %"));
            figures.add(Figure.of(NAME, "share of the raw bound by create", 100 * ours / created, "%"));
            return figures;
        }
    }

    private List<Figure> operator(Site site, RawBound raw, Ready ready, Scenario scenario) {
        site.apply(scenario.resources("first"));
        var began = System.nanoTime();
        try (var operator = site.operator("throughput.log")) {
            var start = Samples.seconds(began, ready.awaitStatus("first", 1));
            ready.await("first");
            var audit = site.audit();
            pause();
            var emptyResident = operator.residentMebibytes();
            var emptyHeap = operator.heapMebibytes();
            if (settings.profile()) {
                operator.record(settings.tree().resolve("target/bench/throughput.jfr"));
            }
            audit.mark();
            var cpu = operator.cpu();
            var apiServerCpu = site.apiServerCpu();
            var seconds = make(raw, ready, scenario);
            var operatorCpu = operator.cpu().minus(cpu);
            var serverCpu = site.apiServerCpu().minus(apiServerCpu);
            pause();
            var requests = audit.requests();
            var objects = settings.many() * scenario.objects("any").size();
            var figures = new ArrayList<>(List.of(
                    Figure.of(START, "process start to first status, no environment before", start, "s"),
                    Figure.of(NAME, "environments", settings.many(), ""),
                    Figure.of(NAME, "first apply to all Ready", seconds, "s"),
                    Figure.of(NAME, "objects per second", objects / seconds, "objects/s"),
                    Figure.of(NAME, "CPU of the operator", inSeconds(operatorCpu), "s"),
                    Figure.of(NAME, "CPU of the API server meanwhile", inSeconds(serverCpu), "s"),
                    Figure.of(NAME, "writes per environment", perEnvironment(AuditCount.writes(requests)), ""),
                    Figure.of(NAME, "requests per environment", perEnvironment(AuditCount.sum(requests)), "")));
            requests.forEach((what, count) ->
                    figures.add(Figure.of(NAME, "requests per environment: " + what, perEnvironment(count), "")));
            figures.add(Figure.of(MEMORY, "resident, no environment", emptyResident, "MiB"));
            figures.add(Figure.of(MEMORY, "heap after GC, no environment", emptyHeap, "MiB"));
            figures.add(Figure.of(
                    MEMORY,
                    "resident, %d environments".formatted(settings.many()),
                    operator.residentMebibytes(),
                    "MiB"));
            figures.add(Figure.of(
                    MEMORY,
                    "heap after GC, %d environments".formatted(settings.many()),
                    operator.heapMebibytes(),
                    "MiB"));
            figures.add(Figure.of(MEMORY, "highest resident", operator.peakMebibytes(), "MiB"));
            return figures;
        }
    }

    private double make(RawBound raw, Ready ready, Scenario scenario) {
        var resources = IntStream.range(0, settings.many())
                .mapToObj(i -> scenario.resources(name("", i)).getFirst())
                .toList();
        var began = System.nanoTime();
        raw.all(resources, raw::apply);
        return Samples.seconds(began, ready.awaitAll(settings.many() + 1));
    }

    /** With everything in place, and one environment edited while nobody looked. */
    private List<Figure> restart(Site site, Ready ready) {
        var edited = Scenario.small().environment().replace("pods: '20'", "pods: '30'");
        site.apply(new Scenario(edited, List.of()).resources("first"));
        var audit = site.audit();
        var began = System.nanoTime();
        try (var _ = site.operator("restart.log")) {
            var start = Samples.seconds(began, ready.awaitStatus("first", 2));
            pause();
            return List.of(
                    Figure.of(
                            START,
                            "process start to first status, %d environments before".formatted(settings.many()),
                            start,
                            "s"),
                    Figure.of(
                            START,
                            "writes of that start, with one environment edited",
                            AuditCount.writes(audit.requests()),
                            ""));
        }
    }

    /** Objects per second of a plain client. */
    private double raw(Site site, RawBound raw, Scenario scenario, String prefix, Consumer<HasMetadata> how) {
        List<List<ObjectEntry>> plans = IntStream.range(0, settings.many())
                .mapToObj(i -> scenario.objects(name(prefix, i)))
                .toList();
        var cpu = site.apiServerCpu();
        var seconds = raw.environments(plans, how);
        System.err.printf(
                "   raw: %.1f s, of the API server's CPU %.1f s%n",
                seconds, inSeconds(site.apiServerCpu().minus(cpu)));
        return plans.stream().mapToInt(List::size).sum() / seconds;
    }

    private double perEnvironment(int count) {
        return (double) count / settings.many();
    }

    private static String name(String prefix, int i) {
        return "%se%03d".formatted(prefix, i);
    }

    private static double inSeconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** For what comes after the last answer: counters of classes, echoes of watches. */
    private static void pause() {
        Quiet.nothingFor(10);
    }
}
