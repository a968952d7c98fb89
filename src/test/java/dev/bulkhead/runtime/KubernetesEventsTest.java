package dev.bulkhead.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.bulkhead.apply.MovableClock;
import dev.bulkhead.kube.MockCluster;
import dev.bulkhead.status.EventRecorder.Type;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes an Event, and what doesn't. */
class KubernetesEventsTest {

    private final ConfigMap staging = new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("staging")
            .withUid("1234")
            .endMetadata()
            .build();

    private final MockCluster cluster = new MockCluster();
    private final MovableClock clock = new MovableClock();
    private final KubernetesEvents events = new KubernetesEvents(cluster.client(), clock);

    @AfterEach
    void end() {
        cluster.close();
    }

    @Test
    void anEventStandsBesideWhatItIsAbout() {
        events.record(staging, Type.Warning, "DriftRepaired", "it is back");

        assertThat(told("shop")).singleElement().satisfies(event -> {
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getReason()).isEqualTo("DriftRepaired");
            assertThat(event.getMessage()).isEqualTo("it is back");
            assertThat(event.getInvolvedObject().getKind()).isEqualTo("ConfigMap");
            assertThat(event.getInvolvedObject().getName()).isEqualTo("staging");
            assertThat(event.getInvolvedObject().getUid()).isEqualTo("1234");
            assertThat(event.getLastTimestamp()).isEqualTo("2026-01-01T00:00:00Z");
            assertThat(event.getReportingComponent()).isEqualTo("bulkhead");
        });
    }

    @Test
    void whatIsSaidAgainWithinAMinuteIsToldOnce() {
        events.record(staging, Type.Warning, "Refused", "no quota");
        clock.advance(Duration.ofSeconds(59));
        events.record(staging, Type.Warning, "Refused", "no quota");
        assertThat(told("shop")).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        events.record(staging, Type.Warning, "Refused", "no quota");
        assertThat(told("shop")).hasSize(2);
    }

    @Test
    void somethingElseOfTheSameIsTold() {
        events.record(staging, Type.Warning, "Refused", "no quota");
        events.record(staging, Type.Warning, "Refused", "no namespace");
        events.record(staging, Type.Warning, "Kept", "no quota");

        assertThat(told("shop")).hasSize(3);
    }

    @Test
    void theSameOfAnotherOrOfANewOneWithThatNameIsTold() {
        events.record(staging, Type.Warning, "Refused", "no quota");
        staging.getMetadata().setUid("5678");
        events.record(staging, Type.Warning, "Refused", "no quota");

        assertThat(told("shop")).hasSize(2);
    }

    @Test
    void whatHasNoNamespaceIsToldInDefault() {
        events.record(
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .endMetadata()
                        .build(),
                Type.Normal,
                "Kept",
                "it stays");

        assertThat(told("default")).hasSize(1);
    }

    @Test
    void aMessageThatIsTooLongIsCut() {
        events.record(staging, Type.Warning, "Refused", "x".repeat(5000));

        assertThat(told("shop")).singleElement().extracting(Event::getMessage).isEqualTo("x".repeat(1024));
    }

    @Test
    void anEventThatCanNotBeWrittenDoesNotFailItsSender() {
        cluster.vanish();

        assertThatNoException().isThrownBy(() -> events.record(staging, Type.Warning, "Refused", "no quota"));
    }

    private List<Event> told(String namespace) {
        return cluster.client().v1().events().inNamespace(namespace).list().getItems();
    }
}
