package dev.bulkhead.secrets.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.secrets.report.RotationNews.Event;
import dev.bulkhead.secrets.report.RotationNews.News;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.status.EventRecorder.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RotationNewsTest {

    @Test
    void aRotationIsToldFromItsBeginningToItsEnd() {
        var due = Lines.in(Phase.Due).pending(5).rotation("bbbb", "Schedule");
        var published = Lines.in(Phase.Published).current(5).previous(4).rotation("bbbb", "Schedule");
        var over = Lines.stable().current(5).rotation("bbbb", "Schedule");

        assertThat(told(Lines.stable(), due))
                .containsExactly(new News(
                        "db",
                        Type.Normal,
                        Event.RotationStarted,
                        "rotation bbbb to version 5 begins, because of Schedule"));
        assertThat(told(due, Lines.staged())).isEmpty();
        assertThat(told(Lines.staged(), published))
                .containsExactly(
                        new News("db", Type.Normal, Event.RotationPublished, "rotation bbbb has published version 5"));
        assertThat(told(published, Lines.draining())).isEmpty();
        assertThat(told(Lines.draining(), Lines.retired())).isEmpty();
        assertThat(told(Lines.retired(), over))
                .containsExactly(new News(
                        "db", Type.Normal, Event.RotationRetired, "version 4 is not accepted any more, and gone"));
    }

    @Test
    void theFirstVersionIsNoNews() {
        var due = Lines.in(Phase.Due).neverPublished().pending(1).rotation("aaaa", "First");
        var published = Lines.in(Phase.Published).current(1).rotation("aaaa", "First");

        assertThat(RotationNews.of(Map.of(), Map.of("db", due.line()))).isEmpty();
        assertThat(told(due, published)).isEmpty();
    }

    @Test
    void aFailureIsToldOnceForEachTryAndWithoutItsWords() {
        var failed = Lines.staged().failed(1, "hook install refused version 5: exit code 3");

        assertThat(told(Lines.staged(), failed)).singleElement().satisfies(news -> {
            assertThat(news.event()).isEqualTo(Event.RotationFailed);
            assertThat(news.type()).isEqualTo(Type.Warning);
            assertThat(news.message()).doesNotContain("exit code").contains("rotation bbbb", "status");
        });
        assertThat(told(failed, failed)).isEmpty();
        assertThat(events(failed, Lines.staged().failed(2, "hook install refused version 5: exit code 3")))
                .containsExactly(Event.RotationFailed);
    }

    @Test
    void otherBytesForTheSameRotationAreNoNewRotation() {
        var again = Lines.in(Phase.Due).pending(6).rotation("cccc", "Schedule");

        assertThat(events(Lines.staged(), again)).isEmpty();
    }

    @Test
    void goingBackIsToldWhetherItWasPublishedOrNot() {
        var back = Lines.in(Phase.RollingBack).current(4).previous(5).rotation("dddd", "Operation:u1/Rollback");
        var away = Lines.in(Phase.Retired).current(4).retiring(5).rotation("dddd", "Operation:u1/Rollback");

        assertThat(told(Lines.draining(), back))
                .containsExactly(
                        new News("db", Type.Warning, Event.RolledBack, "version 4 is published again, instead of 5"));
        assertThat(told(Lines.staged(), away))
                .containsExactly(new News("db", Type.Warning, Event.RolledBack, "version 5 is not published any more"));
    }

    @Test
    void aCompromiseThatBreaksInIsARotationOfItsOwn() {
        var leap = Lines.in(Phase.Due).pending(6).rotation("eeee", "Operation:u1/Compromised");

        assertThat(events(Lines.staged(), leap)).containsExactly(Event.RotationStarted);
        assertThat(events(Lines.retired(), leap.current(5))).containsExactly(Event.RotationStarted);
    }

    @Test
    void severalStepsAtOnceAreToldAsIfOneByOne() {
        var next = Lines.in(Phase.Due).current(5).pending(6).rotation("cccc", "Operation:u1");
        var away = Lines.stable().rotation("dddd", "Operation:u1/Rollback");

        assertThat(events(Lines.retired(), next)).containsExactly(Event.RotationStarted, Event.RotationRetired);
        assertThat(events(Lines.staged(), away)).containsExactly(Event.RolledBack);
    }

    @Test
    void whatIsLostIsToldOnce() {
        var lost = Lines.in(Phase.Lost).says("version 4 isn't in the vault any more");

        assertThat(events(Lines.stable(), lost)).containsExactly(Event.SecretLost);
        assertThat(events(lost, lost)).isEmpty();
    }

    private static List<News> told(Lines before, Lines after) {
        return RotationNews.of(Map.of("db", before.line()), Map.of("db", after.line()));
    }

    private static List<Event> events(Lines before, Lines after) {
        return told(before, after).stream().map(News::event).toList();
    }
}
