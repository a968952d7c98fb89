package dev.bulkhead.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bulkhead.secrets.report.EntryReport;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.status.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Alerts and dashboards ask for nothing that isn't measured, and whoever is paged finds a page. */
class MonitoringTest {

    private static final Path CHART = Path.of("helm", "bulkhead");
    private static final Path RUNBOOKS = Path.of("docs", "runbooks");
    private static final Pattern ALERT = Pattern.compile("\\| \\[(\\w+)]\\(runbooks/\\1\\.md\\) \\| (\\w+) \\|");

    private static final Pattern REASON = Pattern.compile("reason[=!~]+\"([\\w|]+)\"");

    private static final Pattern PHASE = Pattern.compile("phase=\"(\\w+)\"");

    private final MetricsPage page = MetricsPage.read();

    @Test
    void everyAlertAsksForWhatIsMeasured() throws IOException {
        assertThat(alerts())
                .hasSizeGreaterThan(5)
                .allSatisfy(alert -> holds(new Query(alert.path("expr").asText())));
    }

    @Test
    void everyReasonThatAnAlertNamesIsOne() throws IOException {
        var named = alerts().stream()
                .flatMap(it -> REASON.matcher(it.path("expr").asText()).results())
                .flatMap(it -> Stream.of(it.group(1).split("[|]")))
                .toList();

        assertThat(named).contains("RemovalsHeld").allSatisfy(it -> assertThatNoException()
                .isThrownBy(() -> Reason.valueOf(it)));
    }

    @Test
    void everyPhaseThatAnAlertNamesIsOne() throws IOException {
        var named = alerts().stream()
                .flatMap(it -> PHASE.matcher(it.path("expr").asText()).results())
                .map(it -> it.group(1))
                .toList();

        assertThat(named).containsExactlyInAnyOrder(Phase.Lost.name(), EntryReport.FAILED);
    }

    @Test
    void everyPanelAsksForWhatIsMeasured() throws IOException {
        var panels = new ObjectMapper()
                .readTree(CHART.resolve("files/dashboards/bulkhead.json").toFile())
                .path("panels");

        assertThat(panels).hasSizeGreaterThan(10);
        panels.findValues("expr").forEach(it -> holds(new Query(it.asText())));
    }

    @Test
    void everyMetricOfOursIsOnTheDashboardOrInAnAlert() throws IOException {
        var text = Files.readString(CHART.resolve("files/dashboards/bulkhead.json"))
                + Files.readString(CHART.resolve("files/alerts.yaml"));

        assertThat(page.ours().keySet()).allSatisfy(it -> assertThat(text).contains(it));
    }

    @Test
    void everyAlertHasItsRunbookAndEveryRunbookItsAlert() throws IOException {
        try (var files = Files.list(RUNBOOKS)) {
            assertThat(files.map(it -> it.getFileName().toString().replace(".md", "")))
                    .containsExactlyInAnyOrderElementsOf(names());
        }
        for (var alert : alerts()) {
            var name = alert.path("alert").asText();
            assertThat(alert.at("/annotations/runbook").asText()).isEqualTo("docs/runbooks/" + name + ".md");
            assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
            assertThat(Files.readString(RUNBOOKS.resolve(name + ".md")))
                    .startsWith("# " + name + "\n")
                    .contains("\n## Look\n", "\n## Do\n");
        }
    }

    @Test
    void thePageListsEveryAlertWithItsSeverity() throws IOException {
        var listed = ALERT.matcher(page.text())
                .results()
                .map(it -> it.group(1) + " " + it.group(2))
                .toList();

        assertThat(listed)
                .containsExactlyElementsOf(alerts().stream()
                        .map(it -> it.path("alert").asText() + " "
                                + it.at("/labels/severity").asText())
                        .toList());
    }

    @Test
    void aQueryIsUnderstoodAsFarAsItIsChecked() {
        var query = new Query("sum by (kind, le) (rate(bulkhead_objects_total{result=\"a, b={}\",x!~\"y\"}[5m])) > 1");

        assertThat(query.metrics()).containsExactly("bulkhead_objects_total");
        assertThat(query.labels()).containsExactly("kind", "result", "x");
        assertThat(query.isBalanced()).isTrue();
        assertThat(new Query("rate(x[5m)]").isBalanced()).isFalse();
        assertThat(new Query("sum(a_seconds_bucket{").isBalanced()).isFalse();
    }

    private void holds(Query query) {
        var metrics = query.metrics();
        assertThat(metrics).as(query.text()).isNotEmpty().isSubsetOf(page.all().keySet());
        assertThat(query.isBalanced()).as(query.text()).isTrue();
        Set<String> labels = metrics.stream()
                .flatMap(it -> page.all().get(it).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(query.labels()).as(query.text()).isSubsetOf(labels);
    }

    private static List<String> names() throws IOException {
        return alerts().stream().map(it -> it.path("alert").asText()).toList();
    }

    private static List<JsonNode> alerts() throws IOException {
        var groups = new YAMLMapper()
                .readTree(CHART.resolve("files/alerts.yaml").toFile())
                .path("groups");
        return StreamSupport.stream(groups.spliterator(), false)
                .flatMap(group -> StreamSupport.stream(group.path("rules").spliterator(), false))
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
