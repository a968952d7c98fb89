package dev.bulkhead.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.leadership.World.Fate;
import dev.bulkhead.leadership.World.Way;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class ElectionTest {

    private static final Duration WHILE = Duration.ofSeconds(2);

    private final World world = new World(Terms.DEFAULTS);

    /** What happens next: time passes, then one of the replicas takes its turn. */
    record Move(int who, Duration before, Way way) {}

    @Property(tries = 3000)
    void twoNeverWriteAtTheSameMoment(
            @ForAll("moves") List<Move> moves, @ForAll("began") Duration oneBegan, @ForAll("pace") double onePace) {
        var another = new World(Terms.DEFAULTS);
        var replicas = List.of(
                another.new Replica("one", oneBegan, onePace),
                another.new Replica("two", Duration.ZERO, 1),
                another.new Replica("three", oneBegan.negated(), 2 - onePace));

        moves.forEach(move -> {
            another.go(move.before);
            replicas.get(move.who).turn(move.way);
        });
        another.go(Duration.ofSeconds(30));

        another.holds();
    }

    /** The same world, with a leader who believes in his seat for longer than the others wait. */
    @Test
    void theWorldNoticesTwoWriters() {
        var lax = new World(new Terms(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(2)));
        var one = lax.new Replica("one", Duration.ZERO, 1);
        var two = lax.new Replica("two", Duration.ZERO, 1);
        one.turn(Way.QUICK);
        two.turn(Way.QUICK);
        lax.go(Duration.ofSeconds(6));
        two.turn(Way.QUICK);
        lax.go(WHILE);

        assertThat(lax.mostWriters()).isEqualTo(2);
    }

    @Test
    void whoeverIsFirstLeadsAndTheOthersWait() {
        var one = world.new Replica("one", Duration.ZERO, 1);
        var two = world.new Replica("two", Duration.ofDays(-3), 1);

        for (var i = 0; i < 60; i++) {
            one.turn(Way.QUICK);
            two.turn(Way.QUICK);
            world.go(WHILE);
        }

        assertThat(one.tenure.holds()).isTrue();
        assertThat(two.elected).isFalse();
        assertThat(world.seat().transitions()).isEqualTo(1);
    }

    @Test
    void aLeaderThatIsStoppedForLongFindsItsTenureGoneWhenItWakes() {
        var one = world.new Replica("one", Duration.ZERO, 1);
        var two = world.new Replica("two", Duration.ZERO, 1);
        one.turn(Way.QUICK);
        for (var i = 0; i < 10; i++) {
            two.turn(Way.QUICK);
            world.go(WHILE);
        }

        assertThat(one.tenure.holds()).isFalse();
        assertThat(two.tenure.holds()).isTrue();
        one.turn(Way.QUICK);
        assertThat(one.lost).isTrue();
        assertThat(two.tenure.holds()).isTrue();
    }

    @Test
    void aLeaderThatWasStoppedLosesEvenIfNobodyCameMeanwhile() {
        var one = leading("one");
        world.go(Duration.ofSeconds(11));

        one.turn(Way.QUICK);

        assertThat(one.lost).isTrue();
        assertThat(one.tenure.holds()).isFalse();
    }

    @Test
    void aRenewalWhoseAnswerWasLostIsMadeGood() {
        var one = leading("one");
        world.go(WHILE);
        one.turn(new Way(Fate.ANSWER_LOST, Duration.ZERO, Duration.ofSeconds(3), false));
        world.go(WHILE);
        one.turn(Way.QUICK);
        world.go(Duration.ofSeconds(8));

        assertThat(one.tenure.holds()).isTrue();
        assertThat(one.lost).isFalse();
    }

    @Test
    void aSeatThatIsGivenBackIsTakenAtOnce() {
        var one = world.new Replica("one", Duration.ZERO, 1);
        var two = world.new Replica("two", Duration.ZERO, 1);
        one.turn(Way.QUICK);
        two.turn(Way.QUICK);
        one.elector.start();
        one.elector.close();

        two.turn(Way.QUICK);

        assertThat(two.tenure.holds()).isTrue();
        assertThat(one.tenure.holds()).isFalse();
        assertThat(one.lost).isFalse();
        world.holds();
    }

    /** A thread that is to end is interrupted, and with it whatever request it sends. */
    @Test
    void aSeatIsGivenBackByAThreadThatWasInterrupted() {
        var one = leading("one");
        one.elector.start();
        Thread.currentThread().interrupt();

        one.elector.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(world.seat().isVacant()).isTrue();
    }

    @Test
    void aContainerThatComesBackTakesItsOwnSeatAtOnce() {
        leading("pod");
        world.go(WHILE);
        var again = world.new Replica("pod", Duration.ofDays(2), 1);

        again.turn(Way.QUICK);

        assertThat(again.tenure.holds()).isTrue();
        assertThat(world.seat().transitions()).isEqualTo(1);
    }

    @Test
    void aLeaseDeletedByHandEndsTheTenure() {
        var one = leading("one");
        world.forget();

        one.turn(Way.QUICK);

        assertThat(one.lost).isTrue();
        assertThat(one.tenure.holds()).isFalse();
    }

    @Test
    void aSeatThatWentBackInTimeEndsTheTenureAlthoughItIsInTheLeadersName() {
        var one = leading("one");

        var then = restored(one);

        assertThat(one.lost).isTrue();
        assertThat(one.why).contains("restored from a backup");
        assertThat(one.tenure.holds()).isFalse();
        assertThat(world.seat())
                .as("nothing was written on what is known no more")
                .isEqualTo(then);
    }

    @Test
    void aSeatThatWentBackInTimeIsTakenAnewByTheSameName() {
        var one = leading("pod");
        restored(one);
        var again = world.new Replica("pod", Duration.ofDays(2), 1);

        again.turn(Way.QUICK);

        assertThat(again.tenure.holds()).isTrue();
        world.holds();
    }

    /** One that has taken the seat. */
    private World.Replica leading(String name) {
        var replica = world.new Replica(name, Duration.ZERO, 1);
        replica.turn(Way.QUICK);
        return replica;
    }

    /** The seat as it was a while ago, which its leader finds again. */
    private Seat restored(World.Replica leader) {
        var then = world.seat();
        world.go(WHILE);
        leader.turn(Way.QUICK);
        world.goBackTo(then);
        leader.turn(Way.QUICK);
        return then;
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        var way = Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(6, Arbitraries.just(Fate.ANSWERED)),
                                Tuple.of(2, Arbitraries.of(Fate.LOST, Fate.ANSWER_LOST))),
                        delays(),
                        delays(),
                        Arbitraries.of(true, false))
                .as(Way::new);
        return Combinators.combine(Arbitraries.integers().between(0, 2), delays(), way)
                .as(Move::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    /** Mostly quick, now and then as long as a lease, or a machine that slept. */
    private static Arbitrary<Duration> delays() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.longs().between(0, 2_500)),
                        Tuple.of(2, Arbitraries.longs().between(2_500, 16_000)),
                        Tuple.of(1, Arbitraries.longs().between(16_000, 60_000)))
                .map(Duration::ofMillis);
    }

    @Provide
    Arbitrary<Duration> began() {
        return Arbitraries.longs().between(-1_000_000, 1_000_000).map(Duration::ofSeconds);
    }

    /** A tenth is a hundred times more than what real clocks do. */
    @Provide
    Arbitrary<Double> pace() {
        return Arbitraries.doubles().between(0.9, 1.1);
    }
}
