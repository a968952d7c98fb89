package dev.bulkhead.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Replicas around one seat, with clocks of their own, on a network that delays and loses. Its time passes in requests. */
final class World {

    /** What becomes of one request. */
    enum Fate {
        ANSWERED,
        LOST,
        ANSWER_LOST
    }

    /**
     * One request's way.
     *
     * @param there how long it takes until the seat is read or written
     * @param back how long until the replica goes on, whether for the network or because it was stopped
     * @param meanwhile whether others take their turns on the way
     */
    record Way(Fate fate, Duration there, Duration back, boolean meanwhile) {

        static final Way QUICK = new Way(Fate.ANSWERED, Duration.ofMillis(5), Duration.ofMillis(5), false);
    }

    private final List<Replica> replicas = new ArrayList<>();
    private final Terms terms;
    private Duration now = Duration.ofHours(1);
    private Seat seat = Seat.MISSING;
    private int version;
    private int most;

    World(Terms terms) {
        this.terms = terms;
    }

    /** One replica: its clock began at another time, and may run a little faster or slower. */
    final class Replica implements SeatStore, Elector.Followers {

        final Tenure tenure;
        final Elector elector;
        private final long began;
        private final double pace;
        private Way way = Way.QUICK;
        private boolean turning;
        boolean elected;
        boolean lost;
        String why = "";

        Replica(String name, Duration began, double pace) {
            this.began = began.toNanos();
            this.pace = pace;
            tenure = new Tenure(this::nanos);
            elector = new Elector(name, terms, this, tenure, this::nanos, this);
            replicas.add(this);
        }

        private long nanos() {
            return began + (long) (now.toNanos() * pace);
        }

        void turn(Way way) {
            if (!lost && !turning) {
                turning = true;
                this.way = way;
                elector.turn();
                turning = false;
            }
        }

        @Override
        public Seat read() {
            go(way.there);
            var found = seat;
            return answered(found);
        }

        @Override
        public Optional<Seat> write(Seat wanted) {
            if (Thread.currentThread().isInterrupted()) {
                throw new UncheckedIOException(new IOException("interrupted"));
            }
            go(way.there);
            var won = Optional.<Seat>empty();
            if (way.fate != Fate.LOST && wanted.version().equals(seat.version())) {
                version++;
                seat = new Seat(wanted.holder(), wanted.lasts(), wanted.transitions(), Integer.toString(version));
                won = Optional.of(seat);
            }
            return answered(won);
        }

        private <T> T answered(T answer) {
            if (way.meanwhile) {
                others().forEach(it -> it.turn(Way.QUICK));
            }
            go(way.back);
            if (way.fate != Fate.ANSWERED) {
                throw new UncheckedIOException(new IOException("no answer"));
            }
            return answer;
        }

        private List<Replica> others() {
            return replicas.stream().filter(it -> it != this).toList();
        }

        @Override
        public void elected() {
            elected = true;
        }

        @Override
        public void lost(String why) {
            lost = true;
            this.why = why;
        }
    }

    /** Lets time pass in small steps, since an overlap may be short. */
    void go(Duration duration) {
        var end = now.plus(duration);
        while (now.compareTo(end) < 0) {
            var step = Duration.ofMillis(250);
            now = end.minus(now).compareTo(step) < 0 ? end : now.plus(step);
            most = Math.max(
                    most,
                    Math.toIntExact(
                            replicas.stream().filter(it -> it.tenure.holds()).count()));
        }
    }

    /** As when somebody deletes the Lease. */
    void forget() {
        seat = Seat.MISSING;
    }

    /** As when the cluster is restored from a backup that was made then; what was written since then never happened. */
    void goBackTo(Seat then) {
        seat = then;
        version = Integer.parseInt(then.version());
    }

    Seat seat() {
        return seat;
    }

    /** How many could write at the same moment, at the worst one. */
    int mostWriters() {
        return most;
    }

    void holds() {
        assertThat(most).as("replicas that could write at one moment").isLessThanOrEqualTo(1);
    }
}
