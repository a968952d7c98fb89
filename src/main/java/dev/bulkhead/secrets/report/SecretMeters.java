package dev.bulkhead.secrets.report;

import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.apply.EnvironmentId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * How old and how late the secrets are, by type: never by a name, whose number isn't bounded. Time passes without
 * anybody looking at an environment, so what depends on it is worked out when it is asked for.
 */
public final class SecretMeters {

    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<EnvironmentId, List<SecretSample>> samples = new ConcurrentHashMap<>();
    private final MultiGauge entries;
    private final MultiGauge age;
    private final MultiGauge overdue;
    private final MultiGauge drainLate;
    private final MultiGauge expires;
    private final MultiGauge lifeLeft;

    public SecretMeters(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        entries = gauge("bulkhead.secret.entries", "Secret entries by type and phase");
        age = gauge("bulkhead.secret.age.seconds", "How long the oldest value has been in use");
        overdue = gauge("bulkhead.secret.overdue.seconds", "How long the latest rotation should have begun");
        drainLate = gauge("bulkhead.secret.drain.late.seconds", "How long a value is kept beyond its time");
        expires = gauge("bulkhead.secret.expires.seconds", "When the first certificate in use ends");
        lifeLeft = gauge("bulkhead.secret.life.left.ratio", "How much of its life a certificate in use has at least");
    }

    private record Place(SecretType type, String phase) {

        static Place of(SecretSample sample) {
            return new Place(sample.type(), sample.phase());
        }

        boolean holds(SecretSample sample) {
            return sample.type() == type && sample.phase().equals(phase);
        }

        Tags tags() {
            return Tags.of("type", type.name(), "phase", phase);
        }
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    /** What an environment's entries are now. */
    public void record(EnvironmentId environment, List<EntryReport> reports) {
        var now = reports.stream().map(SecretSample::of).toList();
        var before = now.isEmpty() ? samples.remove(environment) : samples.put(environment, now);
        if (!now.equals(Objects.requireNonNullElse(before, List.of()))) {
            publish();
        }
    }

    /** Once for each that is told. */
    public void count(SecretType type, RotationNews.Event event) {
        registry.counter("bulkhead.secret.rotations", "type", type.name(), "event", event.name())
                .increment();
    }

    public void forget(EnvironmentId environment) {
        samples.remove(environment);
        publish();
    }

    private synchronized void publish() {
        entries.register(
                all().map(Place::of)
                        .distinct()
                        .map(place -> Row.of(
                                place.tags(), () -> all().filter(place::holds).count()))
                        .toList(),
                true);
        most(age, SecretSample::age);
        most(overdue, SecretSample::overdue);
        most(drainLate, SecretSample::drainLate);
        least(expires, SecretSample::expires);
        least(lifeLeft, SecretSample::lifeLeft);
    }

    private void most(MultiGauge gauge, ToDoubleBiFunction<SecretSample, Instant> figure) {
        gauge.register(
                all().map(SecretSample::type)
                        .distinct()
                        .map(type -> Row.of(
                                type(type), () -> figures(type, figure).max().orElse(0)))
                        .toList(),
                true);
    }

    private void least(MultiGauge gauge, ToDoubleBiFunction<SecretSample, Instant> figure) {
        gauge.register(
                all().filter(SecretSample::ends)
                        .map(SecretSample::type)
                        .distinct()
                        .map(type -> Row.of(
                                type(type), () -> figures(type, figure).min().orElse(Double.NaN)))
                        .toList(),
                true);
    }

    private DoubleStream figures(SecretType type, ToDoubleBiFunction<SecretSample, Instant> figure) {
        var now = clock.instant();
        return all().filter(it -> it.type() == type)
                .mapToDouble(it -> figure.applyAsDouble(it, now))
                .filter(Double::isFinite);
    }

    private Stream<SecretSample> all() {
        return samples.values().stream().flatMap(List::stream);
    }

    private static Tags type(SecretType type) {
        return Tags.of("type", type.name());
    }
}
