package dev.bulkhead.faults.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.faults.crash.End.Moment;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A life ends where it is told to. */
class LifeTest {

    @Test
    void beforeAWriteNothingOfItIsSentAndNothingAfterIt() {
        var life = begun(Moment.BEFORE);
        done(life, "one");

        assertThatThrownBy(() -> life.sends("two")).isInstanceOf(Life.Dead.class);
        assertThatThrownBy(() -> life.sends("three")).isInstanceOf(Life.Dead.class);

        assertThat(life.isOver()).isTrue();
        assertThat(life.writes()).containsExactly("one", "two");
    }

    @Test
    void afterAWriteItArrivesFirst() {
        var life = begun(Moment.AFTER);
        done(life, "one");

        life.sends("two");
        assertThat(life.isOver()).isFalse();
        life.answered();

        assertThat(life.isOver()).isTrue();
        assertThatThrownBy(() -> life.sends("three")).isInstanceOf(Life.Dead.class);
    }

    @Test
    void anOvertakenWriteIsLostAndItsNeighbourIsNot() {
        var life = begun(Moment.OVERTAKEN);
        done(life, "one");

        var held = CompletableFuture.runAsync(() -> life.sends("two"));
        while (life.writes().size() < 2) {
            Thread.onSpinWait();
        }
        done(life, "three");

        assertThatThrownBy(held::join).hasRootCauseInstanceOf(Life.Dead.class);
        assertThatThrownBy(() -> life.sends("four")).isInstanceOf(Life.Dead.class);
        assertThat(life.isOver()).isTrue();
    }

    @Test
    void whatComesBeforeItCountsIsNotCounted() {
        var life = new Life(Optional.of(new End(1, Moment.BEFORE)));
        done(life, "before");

        assertThat(life.writes()).isEmpty();
        assertThat(life.isOver()).isFalse();
    }

    private static Life begun(Moment moment) {
        var life = new Life(Optional.of(new End(2, moment)));
        life.begin();
        return life;
    }

    private static void done(Life life, String write) {
        life.sends(write);
        life.answered();
    }
}
