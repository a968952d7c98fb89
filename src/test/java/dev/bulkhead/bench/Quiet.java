package dev.bulkhead.bench;

import dev.bulkhead.kube.NodeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Nothing to do means no request: counted, for a while, with many environments in place. */
record Quiet(Settings settings) implements Measurement {

    private static final String NAME = "quiet";

    @Override
    public List<Figure> take() {
        var scenario = Scenario.small();
        try (var site = new Site(settings, NodeRequest.NONE, NAME);
                var operator = site.operator("quiet.log");
                var raw = new RawBound(site.client());
                var ready = new Ready(site.client(), Scenario.HUB, 0)) {
            raw.all(
                    IntStream.range(0, settings.quiet())
                            .mapToObj(i ->
                                    scenario.resources("e%03d".formatted(i)).getFirst())
                            .toList(),
                    raw::apply);
            ready.awaitAll(settings.quiet());
            // What still follows the last status: slow counters, and answers that stand in for a watch.
            nothingFor(45);
            var audit = site.audit();
            var cpu = operator.cpu();
            nothingFor(settings.window());
            var used = operator.cpu().minus(cpu).toMillis() / 1000.0;
            var requests = audit.requests();
            var figures = new ArrayList<Figure>();
            figures.add(Figure.of(
                            NAME,
                            "requests other than watches and leases in %d s, %d environments"
                                    .formatted(settings.window(), settings.quiet()),
                            AuditCount.sum(requests),
                            "")
                    .aimingAt("0"));
            requests.forEach((what, count) -> figures.add(Figure.of(NAME, "of them: " + what, count, "")));
            figures.add(Figure.of(NAME, "CPU of the operator meanwhile", used, "s"));
            return figures;
        }
    }

    static void nothingFor(int seconds) {
        Awaitility.await()
                .pollDelay(seconds, TimeUnit.SECONDS)
                .atMost(seconds + 5L, TimeUnit.SECONDS)
                .until(() -> true);
    }
}
