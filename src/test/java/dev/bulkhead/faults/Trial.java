package dev.bulkhead.faults;

import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;

/** What a test tells of the fault that it lets happen. Times are the machine's. */
public final class Trial {

    private long over;
    private long recovered;
    private int writes = -1;
    private String note = "";

    /** Lets time go by, where what is shown is that nothing happens meanwhile, or that a fault lasts. */
    static void pause(Duration time) {
        Awaitility.await().pollDelay(time).atMost(time.multipliedBy(2)).until(() -> true);
    }

    /** The fault has ended, or it struck and is still there while the operator copes: recovery is counted from here. */
    public void faultIsOver() {
        over = System.nanoTime();
    }

    /** All is as it should be. */
    public void recovered() {
        recovered = System.nanoTime();
    }

    /** How much was written meanwhile. */
    public void writes(int count) {
        writes = count;
    }

    /** What a reader of the table should know. */
    public void note(String words) {
        note = words;
    }

    Optional<Duration> recovery() {
        return over == 0 || recovered == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(recovered - over));
    }

    Optional<Integer> writes() {
        return writes < 0 ? Optional.empty() : Optional.of(writes);
    }

    String note() {
        return note;
    }
}
