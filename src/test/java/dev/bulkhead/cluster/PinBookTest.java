package dev.bulkhead.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.cluster.PinBook.Judgement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Which cluster a TargetCluster stands for, and which may not be written to. */
class PinBookTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Predicate<String> ALL = _ -> true;

    private final PinBook book = PinBook.EMPTY.pinned("staging", "uid-1", NOW);

    @Test
    void theFirstClusterIsPinnedAndThenKnown() {
        assertThat(PinBook.EMPTY.judge("staging", "uid-1", ALL)).isEqualTo(new Judgement.Unpinned());
        assertThat(book.judge("staging", "uid-1", ALL)).isEqualTo(new Judgement.Known());
    }

    @Test
    void anotherClusterUnderTheSameNameIsRefusedUntilSomebodySaysThatItIsMeant() {
        assertThat(book.judge("staging", "uid-2", ALL)).isEqualTo(new Judgement.Changed("uid-1"));

        var replaced = book.replaced("staging", "uid-2", NOW.plusSeconds(1));
        assertThat(replaced.judge("staging", "uid-2", ALL)).isEqualTo(new Judgement.Known());
    }

    @Test
    void theOneThatWasReplacedIsNotWrittenToByAnyNameUntilItIsNamedAgain() {
        var replaced = book.replaced("staging", "uid-2", NOW.plusSeconds(1));

        assertThat(replaced.judge("staging", "uid-1", ALL)).isInstanceOf(Judgement.Buried.class);
        assertThat(replaced.judge("another", "uid-1", ALL)).isInstanceOf(Judgement.Buried.class);

        var back = replaced.replaced("staging", "uid-1", NOW.plusSeconds(2));
        assertThat(back.judge("staging", "uid-1", ALL)).isEqualTo(new Judgement.Known());
        assertThat(back.judge("staging", "uid-2", ALL)).isInstanceOf(Judgement.Buried.class);
    }

    @Test
    void twoForOneClusterTheFirstKeepsIt() {
        assertThat(book.judge("second", "uid-1", ALL)).isEqualTo(new Judgement.Taken("staging"));
        assertThat(book.judge("staging", "uid-1", ALL)).isEqualTo(new Judgement.Known());
    }

    @Test
    void whoeverTookOverFromOneThatWasDeletedKeepsItWhenThatComesBack() {
        Predicate<String> withoutTheFirst = name -> !name.equals("staging");
        assertThat(book.judge("second", "uid-1", withoutTheFirst)).isEqualTo(new Judgement.Unpinned());

        var both = book.pinned("second", "uid-1", NOW.plusSeconds(1));
        assertThat(both.judge("second", "uid-1", ALL)).isEqualTo(new Judgement.Known());
        assertThat(both.judge("staging", "uid-1", ALL)).isEqualTo(new Judgement.Taken("second"));
    }

    @Test
    void aClockThatWasSetBackMakesNobodyOlder() {
        var both = book.pinned("second", "uid-1", NOW.minusSeconds(3600));

        assertThat(both.judge("second", "uid-1", ALL)).isEqualTo(new Judgement.Known());
        assertThat(both.judge("staging", "uid-1", ALL)).isEqualTo(new Judgement.Taken("second"));
    }

    @Test
    void aPinOutlivesItsTargetCluster() {
        assertThat(book.judge("staging", "uid-2", _ -> false)).isEqualTo(new Judgement.Changed("uid-1"));
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        var whole = book.replaced("staging", "uid-2", NOW.plusSeconds(1)).pinned("a.b-c", "uid-3", NOW);

        assertThat(PinBook.of(whole.text())).isEqualTo(whole);
        assertThat(whole.text()).containsKeys("pin.staging", "pin.a.b-c", "tombstone.uid-1");
    }

    @Test
    void whatSomebodyBrokeIsSaidAndNotForgotten() {
        for (var broken : List.of("uid-1", "uid-1 yesterday", "")) {
            assertThatThrownBy(() -> PinBook.of(Map.of("pin.staging", broken)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("pin.staging in ConfigMap bulkhead-targets");
        }
    }
}
