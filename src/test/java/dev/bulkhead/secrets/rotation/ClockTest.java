package dev.bulkhead.secrets.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.secrets.rotation.Timing.Every;
import dev.bulkhead.secrets.rotation.Timing.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** An entry that nobody uses, and clocks that are wrong by up to an hour. */
class ClockTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration PERIOD = Duration.ofDays(2);

    private final Map<Integer, VersionFacts> versions = new TreeMap<>();
    private Optional<Line> line = Optional.empty();
    private int rotations;

    @Property(tries = 50, shrinking = ShrinkingMode.OFF)
    void clocksThatArePutBackAndForthRotateNothing(@ForAll long seed) {
        var random = new Random(seed);
        var terms = Lines.terms(SecretType.Token, new Every(PERIOD));
        pass(terms, BEGIN);
        var first = line;
        for (var step = 0; step < 50; step++) {
            pass(terms, skewed(BEGIN.plus(HOUR.multipliedBy(2)), random));
        }
        assertThat(line).isEqualTo(first);
    }

    @Property(tries = 50, shrinking = ShrinkingMode.OFF)
    void eachPeriodHasOneRotationWhateverTheClocksSay(@ForAll long seed) {
        var random = new Random(seed);
        var terms = Lines.terms(SecretType.Token, new Every(PERIOD));
        for (var time = BEGIN;
                time.isBefore(BEGIN.plus(PERIOD.multipliedBy(10).plus(HOUR.multipliedBy(12))));
                time = time.plus(Duration.ofMinutes(random.nextInt(90)))) {
            pass(terms, time.equals(BEGIN) ? time : skewed(time, random));
        }
        assertThat(rotations).isEqualTo(1 + 10);
        assertThat(line.orElseThrow().next()).isEqualTo(BEGIN.plus(PERIOD.multipliedBy(11)));
    }

    @Property(tries = 5, shrinking = ShrinkingMode.OFF)
    void everyRotationBeginsInAWindow(@ForAll long seed) {
        var random = new Random(seed);
        var window = new Window("0 2 * * *", HOUR.multipliedBy(3), ZoneOffset.UTC);
        var terms = Lines.terms(SecretType.Token, new Every(PERIOD), window);
        pass(terms, BEGIN);
        for (var time = BEGIN; time.isBefore(BEGIN.plus(Duration.ofDays(20))); ) {
            var before = rotations;
            pass(terms, time);
            if (rotations > before) {
                assertThat(time.atZone(ZoneOffset.UTC).getHour()).isBetween(2, 4);
            }
            time = time.plus(Duration.ofMinutes(1 + random.nextInt(30)));
        }
        assertThat(rotations).isEqualTo(1 + 9);
    }

    private static Instant skewed(Instant time, Random random) {
        return time.plus(HOUR.multipliedBy(random.nextInt(3) - 1));
    }

    /** Until there is nothing to store and nothing to do. */
    private void pass(Terms terms, Instant now) {
        while (true) {
            var decision = Rotation.decide(terms, line, observed(), now);
            if (line.equals(Optional.of(decision.line())) && decision.actions().isEmpty()) {
                return;
            }
            rotations += line.map(Line::phase).orElse(Phase.Stable) == Phase.Stable
                            && decision.line().phase() == Phase.Due
                    ? 1
                    : 0;
            line = Optional.of(decision.line());
            for (var action : decision.actions()) {
                switch (action) {
                    case Action.Mint mint -> versions.put(mint.version(), Lines.facts(mint.version()));
                    case Action.Discard discard -> versions.remove(discard.version());
                }
            }
        }
    }

    private Observed observed() {
        return new Observed(
                versions,
                Long.MAX_VALUE,
                0,
                Set.of(),
                Set.of(),
                Set.of(),
                Map.of(),
                List.of(),
                0,
                true,
                true,
                "",
                false);
    }
}
