package dev.bulkhead.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.kube.Scrape;
import dev.bulkhead.secrets.report.EntryReport;
import dev.bulkhead.secrets.report.RotationNews.Event;
import dev.bulkhead.secrets.report.SecretMeters;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.rotation.VersionFacts;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What an operator without secrets doesn't measure, and so MonitoringIT doesn't see. */
class SecretMetricsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    // Quarkus brings the registry that Micrometer calls the old one.
    @SuppressWarnings("deprecation")
    @Test
    void whatThePagePromisesOfSecretsIsMeasuredAndNamesNobody() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var meters = new SecretMeters(registry, Clock.fixed(NOW, ZoneOffset.UTC));
        meters.record(new EnvironmentId("shop", "staging"), List.of(leaf()));
        meters.count(SecretType.TLS, Event.RotationPublished);

        var promised = new TreeMap<>(MetricsPage.read().ours());
        promised.keySet().removeIf(it -> !it.startsWith("bulkhead_secret_"));
        var scrape = new Scrape(registry.scrape());

        assertThat(scrape.metrics()).isEqualTo(promised.keySet());
        promised.forEach(
                (metric, labels) -> assertThat(scrape.labels(metric)).as(metric).isEqualTo(labels));
        assertThat(scrape.text()).doesNotContain("shop", "staging", "web");
    }

    private static EntryReport leaf() {
        var line = new Line(
                1,
                0,
                0,
                0,
                1,
                1,
                1,
                1,
                "aaaa",
                "First",
                Phase.Stable,
                NOW,
                NOW,
                NOW,
                NOW,
                null,
                0,
                null,
                "",
                false,
                List.of());
        var facts = new VersionFacts(1, "web.v1", "aaaa", "r", NOW, NOW, NOW.plus(Duration.ofDays(90)), 1);
        return new EntryReport("web", SecretType.TLS, line, Map.of(1, facts), "", "", List.of());
    }
}
