package dev.bulkhead.secrets.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.secrets.rotation.Timing.Cron;
import dev.bulkhead.secrets.rotation.Timing.Every;
import dev.bulkhead.secrets.rotation.Timing.Never;
import dev.bulkhead.secrets.rotation.Timing.Schedule;
import dev.bulkhead.secrets.rotation.Timing.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TimingTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant ANCHOR = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Window SUNDAY_NIGHT = new Window("0 2 * * 0", Duration.ofHours(4), BERLIN);

    @Test
    void periodsAreCountedFromTheFirstVersionHoweverLateARotationIs() {
        var timing = timing(new Every(DAY.multipliedBy(10)), 0);

        assertThat(timing.scheduled("db", ANCHOR, ANCHOR)).contains(ANCHOR.plus(DAY.multipliedBy(10)));
        assertThat(timing.scheduled("db", ANCHOR, ANCHOR.plus(DAY.multipliedBy(13))))
                .contains(ANCHOR.plus(DAY.multipliedBy(20)));
        assertThat(timing.scheduled("db", ANCHOR, ANCHOR.plus(DAY.multipliedBy(20))))
                .contains(ANCHOR.plus(DAY.multipliedBy(30)));
    }

    @Property(tries = 1000)
    void theNextTimeIsAfterTheLastAndWithinAPeriodOfIt(@ForAll @IntRange(max = 100_000) int minutes, @ForAll int key) {
        var timing = timing(new Every(DAY), 0.5);
        var rotated = ANCHOR.plus(Duration.ofMinutes(minutes));
        var next = timing.scheduled("db" + key, ANCHOR, rotated).orElseThrow();

        assertThat(next)
                .isAfter(rotated)
                .isBeforeOrEqualTo(rotated.plus(DAY.multipliedBy(3).dividedBy(2)));
        assertThat(timing.scheduled("db" + key, ANCHOR, next)).contains(next.plus(DAY));
    }

    @Test
    void aThousandEntriesMadeAtOnceAreSpread() {
        var timing = timing(new Every(DAY.multipliedBy(90)), 0.1);
        var days = IntStream.range(0, 1000)
                .mapToObj(it -> timing.scheduled("db" + it, ANCHOR, ANCHOR).orElseThrow())
                .map(it -> Duration.between(ANCHOR, it).toDays())
                .toList();

        assertThat(days).allMatch(it -> it >= 81 && it < 99);
        assertThat(days.stream().distinct()).hasSize(18);
    }

    @Test
    void cronIsReadInItsZoneAlsoWhenTheClocksAreChanged() {
        var timing = timing(new Cron("30 2 * * *", BERLIN), 0);

        // On 29 March 2026 there is no half past two in Berlin.
        assertThat(timing.scheduled("db", ANCHOR, Instant.parse("2026-03-27T23:00:00Z")))
                .contains(Instant.parse("2026-03-28T01:30:00Z"));
        assertThat(timing.scheduled("db", ANCHOR, Instant.parse("2026-03-29T12:00:00Z")))
                .contains(Instant.parse("2026-03-30T00:30:00Z"));
    }

    /** The night in which 02:00 is followed by 03:00 is a Sunday: who waits for Sunday at two would wait another week. */
    @Test
    void whatTheClocksLeapOverComesWhenTheyHave() {
        var leap = Instant.parse("2026-03-29T01:00:00Z");
        var half = new CronTimes("30 2 * * 0", BERLIN);
        var every = new CronTimes("*/30 * * * *", BERLIN);
        var midnight = new CronTimes("0 0 6 9 *", ZoneId.of("America/Santiago"));

        assertThat(half.next(leap.minusSeconds(7200))).contains(Instant.parse("2026-03-29T01:30:00Z"));
        assertThat(half.next(leap)).contains(Instant.parse("2026-03-29T01:30:00Z"));
        assertThat(half.last(leap.plusSeconds(1799))).contains(Instant.parse("2026-03-22T01:30:00Z"));
        assertThat(half.last(leap.plusSeconds(1800))).contains(Instant.parse("2026-03-29T01:30:00Z"));
        assertThat(half.next(leap.plusSeconds(1800))).contains(Instant.parse("2026-04-05T00:30:00Z"));
        assertThat(half.last(leap.plus(DAY))).contains(Instant.parse("2026-03-29T01:30:00Z"));
        assertThat(Stream.iterate(leap.minusSeconds(3600), it -> every.next(it).orElseThrow())
                        .limit(8)
                        .map(it -> Duration.between(leap, it).toMinutes()))
                .containsExactly(-60L, -30L, 0L, 30L, 60L, 90L, 120L, 150L);
        assertThat(midnight.next(ANCHOR)).contains(Instant.parse("2026-09-06T04:00:00Z"));
    }

    @Test
    void aDayOfTheMonthThatSeldomIsComesAllTheSame() {
        assertThat(timing(new Cron("0 0 29 2 *", ZoneOffset.UTC), 0).scheduled("db", ANCHOR, ANCHOR))
                .contains(Instant.parse("2028-02-29T00:00:00Z"));
    }

    @Test
    void aDayThatNeverIsNeverComes() {
        assertThat(timing(new Cron("0 0 31 2 *", ZoneOffset.UTC), 0).scheduled("db", ANCHOR, ANCHOR))
                .isEmpty();
    }

    @Test
    void namesAreUnderstood() {
        assertThat(timing(new Cron("@weekly", ZoneOffset.UTC), 0).scheduled("db", ANCHOR, ANCHOR))
                .contains(Instant.parse("2026-01-04T00:00:00Z"));
        assertThat(timing(new Cron("0 3 * * MON-FRI", ZoneOffset.UTC), 0).scheduled("db", ANCHOR, ANCHOR))
                .contains(Instant.parse("2026-01-01T03:00:00Z"));
    }

    @Test
    void whatIsNoCronExpressionIsRefusedWithWhatToWrite() {
        Stream.of("61 * * * *", "* * * *", "0 25 * * *", "0 0 ? * *", "@sometimes")
                .forEach(it -> assertThatThrownBy(() -> new CronTimes(it, ZoneOffset.UTC))
                        .as(it)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("'%s' is no cron expression", it)
                        .hasMessageContaining("write five fields"));
    }

    @Test
    void outsideOfAWindowItBeginsInTheNextOne() {
        var timing = timing(new Never(), 0, SUNDAY_NIGHT);
        var monday = Instant.parse("2026-11-23T12:00:00Z");
        var opening = timing.opening("db", monday).orElseThrow();

        assertThat(opening).isBetween(Instant.parse("2026-11-29T01:00:00Z"), Instant.parse("2026-11-29T05:00:00Z"));
        assertThat(timing.opening("db", opening)).contains(opening);
        assertThat(timing.opening("db", opening.plusSeconds(60))).contains(opening.plusSeconds(60));
    }

    /** The next one opens before it is every entry's turn in this one. */
    @Test
    void windowsThatOverlapAreOpenForEverybody() {
        var timing = timing(new Never(), 0, new Window("0 * * * *", Duration.ofHours(3), ZoneOffset.UTC));

        assertThat(IntStream.range(0, 100).mapToObj(it -> "db" + it)).allSatisfy(key -> assertThat(
                        timing.opening(key, ANCHOR).orElseThrow())
                .isEqualTo(timing.opening(key, timing.opening(key, ANCHOR).orElseThrow())
                        .orElseThrow())
                .isBefore(ANCHOR.plus(Duration.ofHours(3))));
    }

    @Property(tries = 200)
    void whatIsSaidToBeAnOpeningIsOneAndNoEarlierOneIsLeftOut(
            @ForAll @IntRange(max = 100_000) int minutes,
            @ForAll @IntRange(min = 1, max = 60) int hours,
            @ForAll @IntRange(max = 9) int entry) {
        var key = "db" + entry;
        var timing = timing(new Never(), 0, new Window("0 2,14 * * *", Duration.ofHours(hours), BERLIN));
        var moment = ANCHOR.plus(Duration.ofMinutes(minutes));
        var opening = timing.opening(key, moment).orElseThrow();

        assertThat(timing.opening(key, opening)).contains(opening);
        assertThat(Stream.iterate(moment, opening::isAfter, it -> it.plus(Duration.ofMinutes(7))))
                .allSatisfy(before -> assertThat(timing.opening(key, before)).contains(opening));
    }

    @Test
    void notAllBeginWhenAWindowOpens() {
        var timing = timing(new Never(), 0, SUNDAY_NIGHT);

        assertThat(IntStream.range(0, 100)
                        .mapToObj(it -> timing.opening("db" + it, ANCHOR).orElseThrow())
                        .distinct())
                .hasSizeGreaterThan(90);
    }

    @Test
    void whatExpiresIsReplacedAtItsAgeAndMustBeHalfwayFromThereToItsEnd() {
        var timing = timing(new Never(), 0);
        var facts = Lines.certificate(3, ANCHOR, ANCHOR.plus(DAY.multipliedBy(100)));

        assertThat(timing.renewal("db", facts)).contains(ANCHOR.plus(DAY.multipliedBy(66)));
        assertThat(timing.deadline(facts)).contains(ANCHOR.plus(DAY.multipliedBy(83)));
    }

    private static Timing timing(Schedule schedule, double jitter, Window... windows) {
        return new Timing(schedule, jitter, List.of(windows), 66);
    }
}
