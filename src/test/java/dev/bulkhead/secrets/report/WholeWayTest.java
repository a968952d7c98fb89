package dev.bulkhead.secrets.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationAction;
import dev.bulkhead.api.v1alpha1.OperationSpec;
import dev.bulkhead.api.v1alpha1.Reference;
import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.api.v1alpha1.SecretsSettings;
import dev.bulkhead.operation.OperationId;
import dev.bulkhead.operation.OperationReport;
import dev.bulkhead.secrets.report.RotationNews.Event;
import dev.bulkhead.secrets.rotation.Action;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Observed;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.rotation.Rotation;
import dev.bulkhead.secrets.rotation.Terms;
import dev.bulkhead.secrets.rotation.Timing;
import dev.bulkhead.secrets.rotation.Trust;
import dev.bulkhead.secrets.rotation.VersionFacts;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Operations, reports and Events beside the machine that they are about. */
class WholeWayTest {

    private static final Terms TERMS = new Terms(
            "hub/shop/staging/db",
            "db",
            SecretType.Password,
            "r",
            new Timing(new Timing.Never(), 0, List.of(), 66),
            Duration.ofHours(1),
            false,
            false,
            Trust.NO_CA,
            false,
            false,
            false,
            false);

    private final Map<Integer, VersionFacts> vault = new TreeMap<>();
    private final List<Operation> open = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private @Nullable Line line;
    private Instant now = Lines.NOW;

    @Test
    void aRotationThatIsAskedForIsBegunOnceToldAndOver() {
        goOnUntil(it -> it.phase() == Phase.Stable);
        assertThat(events).isEmpty();

        var rotate = asked(OperationAction.Rotate, "u1");
        goOnUntil(it -> it.phase() == Phase.Draining);
        assertThat(report(rotate).finished()).isFalse();
        assertThat(report(rotate).standing().message()).startsWith("db: Draining: version 2 is in use");

        goOn();
        assertThat(events).containsExactly(Event.RotationStarted, Event.RotationPublished, Event.RotationRetired);
        assertThat(report(rotate).finished()).isTrue();
        assertThat(line.current()).isEqualTo(2);
        assertThat(vault).containsOnlyKeys(2);
    }

    @Test
    void whatIsRolledBackIsToldAndHeldUntilResumed() {
        goOnUntil(it -> it.phase() == Phase.Stable);
        asked(OperationAction.Rotate, "u1");
        goOnUntil(it -> it.phase() == Phase.Draining);

        var rollback = asked(OperationAction.Rollback, "u2");
        goOn();

        assertThat(events)
                .containsExactly(
                        Event.RotationStarted, Event.RotationPublished, Event.RolledBack, Event.RotationRetired);
        assertThat(line.current()).isEqualTo(1);
        assertThat(line.onHold()).isTrue();
        assertThat(report(rollback).finished()).isTrue();

        var again = asked(OperationAction.Rotate, "u3");
        goOn();
        assertThat(report(again).results().getFirst().text()).contains("on hold");

        asked(OperationAction.Resume, "u4");
        goOn();
        assertThat(report(again).finished()).isTrue();
        assertThat(line.current()).isEqualTo(3);
    }

    @Test
    void whatIsCompromisedDoesNotWaitAndEndsTheRotationBefore() {
        goOnUntil(it -> it.phase() == Phase.Stable);
        var rotate = asked(OperationAction.Rotate, "u1");
        goOnUntil(it -> it.phase() == Phase.Draining);

        var compromised = asked(OperationAction.Compromised, "u2");
        var before = now;
        goOn();

        assertThat(now).isEqualTo(before);
        assertThat(report(rotate).finished()).isTrue();
        assertThat(report(compromised).finished()).isTrue();
        assertThat(line.current()).isEqualTo(3);
        assertThat(vault).containsOnlyKeys(3);
        assertThat(events)
                .startsWith(
                        Event.RotationStarted, Event.RotationPublished, Event.RotationStarted, Event.RotationPublished);
    }

    private void goOn() {
        goOnUntil(_ -> false);
    }

    /** Or until nothing more happens by itself. */
    private void goOnUntil(Predicate<Line> reached) {
        for (var round = 0; round < 100 && (line == null || !reached.test(line)); round++) {
            var decision = Rotation.decide(TERMS, Optional.ofNullable(line), observed(), now);
            var changed = !decision.line().equals(line);
            events.addAll(
                    RotationNews.of(line == null ? Map.of() : Map.of("db", line), Map.of("db", decision.line()))
                            .stream()
                            .map(RotationNews.News::event)
                            .toList());
            line = decision.line();
            decision.actions().forEach(this::act);
            if (!changed && decision.actions().isEmpty()) {
                if (decision.wake() == null) {
                    return;
                }
                now = decision.wake();
            }
        }
    }

    private void act(Action action) {
        switch (action) {
            case Action.Mint mint ->
                vault.put(
                        mint.version(),
                        new VersionFacts(mint.version(), "s", mint.rotationId(), "r", now, null, null, 0));
            case Action.Discard discard -> vault.remove(discard.version());
        }
    }

    private Observed observed() {
        return new Observed(
                vault,
                Long.MAX_VALUE,
                0,
                Set.of(),
                Set.of(),
                Set.of(),
                Map.of(),
                Wishes.of(open, subjects()).getOrDefault("db", List.of()),
                0,
                true,
                true,
                "",
                false);
    }

    private Map<String, Subject> subjects() {
        return Map.of("db", new Subject("", "", false, line));
    }

    private OperationReport report(Operation operation) {
        return RotationReports.of(open, subjects()).get(OperationId.of(operation));
    }

    private Operation asked(OperationAction action, String uid) {
        var operation = new Operation();
        operation.setMetadata(new ObjectMetaBuilder()
                .withNamespace("shop")
                .withName(uid)
                .withUid(uid)
                .build());
        operation.setSpec(new OperationSpec(
                action, new Reference("staging"), null, null, null, null, new SecretsSettings(List.of("db"))));
        open.add(operation);
        return operation;
    }
}
