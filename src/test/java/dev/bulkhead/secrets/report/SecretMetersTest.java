package dev.bulkhead.secrets.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.SecretConsumer;
import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.MovableClock;
import dev.bulkhead.secrets.report.RotationNews.Event;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.rotation.VersionFacts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretMetersTest {

    private static final EnvironmentId STAGING = new EnvironmentId("shop", "staging");
    private static final EnvironmentId PRODUCTION = new EnvironmentId("shop", "production");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MovableClock clock = new MovableClock(Clock.fixed(Lines.NOW, ZoneOffset.UTC));
    private final SecretMeters meters = new SecretMeters(registry, clock);

    @Test
    void entriesAreCountedByTypeAndPhaseOverAllEnvironments() {
        meters.record(STAGING, List.of(password(Lines.stable()), password(Lines.draining()), leaf(Lines.stable())));
        meters.record(PRODUCTION, List.of(password(Lines.stable())));

        assertThat(entries("Password", "Stable")).isEqualTo(2);
        assertThat(entries("Password", "Draining")).isEqualTo(1);
        assertThat(entries("TLS", "Stable")).isEqualTo(1);

        meters.forget(PRODUCTION);
        assertThat(entries("Password", "Stable")).isEqualTo(1);
    }

    @Test
    void aPhaseThatNobodyIsInAnyMoreIsNotShown() {
        meters.record(STAGING, List.of(password(Lines.draining())));
        meters.record(STAGING, List.of(password(Lines.stable())));

        assertThat(registry.find("bulkhead.secret.entries")
                        .tag("phase", "Draining")
                        .gauge())
                .isNull();
    }

    @Test
    void whatIsTakenOutOfAScopeIsNotMeasuredAnyMore() {
        meters.record(STAGING, List.of(password(Lines.stable())));
        meters.record(STAGING, List.of());

        assertThat(registry.find("bulkhead.secret.entries").gauge()).isNull();
        assertThat(registry.find("bulkhead.secret.age.seconds").gauge()).isNull();
    }

    @Test
    void timePassesWithoutALook() {
        meters.record(STAGING, List.of(password(Lines.stable()), password(Lines.draining())));
        assertThat(figure("age.seconds", "Password")).isZero();
        assertThat(figure("overdue.seconds", "Password")).isZero();

        clock.advance(Duration.ofHours(3));

        assertThat(figure("age.seconds", "Password")).isEqualTo(3 * 3600);
        assertThat(figure("overdue.seconds", "Password")).isEqualTo(2 * 3600);
        assertThat(figure("drain.late.seconds", "Password")).isEqualTo(2 * 3600);
    }

    @Test
    void whatIsPublishedIsNotOverdueHoweverLongItDrains() {
        meters.record(STAGING, List.of(password(Lines.draining())));
        clock.advance(Duration.ofDays(3));

        assertThat(figure("overdue.seconds", "Password")).isZero();
    }

    @Test
    void whoDoesNotConvergeKeepsAnOldValueToo() {
        meters.record(STAGING, List.of(password(Lines.in(Phase.Converging).previous(3))));
        clock.advance(Duration.ofHours(1));

        assertThat(figure("drain.late.seconds", "Password")).isEqualTo(3600);
    }

    @Test
    void aFirstVersionThatNobodyTakesUpKeepsNoOldOne() {
        meters.record(STAGING, List.of(password(Lines.in(Phase.Published).current(1))));
        clock.advance(Duration.ofHours(3));

        assertThat(figure("drain.late.seconds", "Password")).isZero();
    }

    @Test
    void aCaThatWaitsForTheDrainsOfItsLeavesIsNotLate() {
        var converging = Lines.in(Phase.Converging).current(5).previous(4);
        meters.record(STAGING, List.of(ca(converging, EntryReport.CURRENT)));
        clock.advance(Duration.ofHours(30));
        assertThat(figure("drain.late.seconds", "CA")).isZero();

        meters.record(STAGING, List.of(ca(converging, "Behind")));
        assertThat(figure("drain.late.seconds", "CA")).isEqualTo(30 * 3600);
    }

    @Test
    void aCertificateSaysHowLongItStillIsGood() {
        meters.record(STAGING, List.of(leaf(Lines.stable()), password(Lines.stable())));
        clock.advance(Duration.ofDays(8));

        assertThat(figure("expires.seconds", "TLS")).isEqualTo(2 * 86_400);
        assertThat(figure("life.left.ratio", "TLS")).isEqualTo(0.2);
        assertThat(registry.find("bulkhead.secret.expires.seconds")
                        .tag("type", "Password")
                        .gauge())
                .isNull();

        clock.advance(Duration.ofDays(3));
        assertThat(figure("expires.seconds", "TLS")).isEqualTo(-86_400);
    }

    @Test
    void whatIsToldIsCounted() {
        meters.count(SecretType.Token, Event.RotationPublished);
        meters.count(SecretType.Token, Event.RotationPublished);

        assertThat(registry.get("bulkhead.secret.rotations")
                        .tags("type", "Token", "event", "RotationPublished")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    private double entries(String type, String phase) {
        return registry.get("bulkhead.secret.entries")
                .tags("type", type, "phase", phase)
                .gauge()
                .value();
    }

    private double figure(String name, String type) {
        return registry.get("bulkhead.secret." + name).tag("type", type).gauge().value();
    }

    private static EntryReport password(Lines line) {
        return new EntryReport("db", SecretType.Password, line.line(), Map.of(), "", "", List.of());
    }

    private static EntryReport ca(Lines line, String consumer) {
        var consumers = List.of(new SecretConsumer("web", consumer, ""));
        return new EntryReport("ca", SecretType.CA, line.line(), Map.of(), "", "", consumers);
    }

    private static EntryReport leaf(Lines line) {
        var facts = new VersionFacts(
                4, "staging.web.v4", "aaaa", "r", Lines.NOW, Lines.NOW, Lines.NOW.plus(Duration.ofDays(10)), 1);
        return new EntryReport("web", SecretType.TLS, line.line(), Map.of(4, facts), "", "", List.of());
    }
}
