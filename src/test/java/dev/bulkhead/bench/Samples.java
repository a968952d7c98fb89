package dev.bulkhead.bench;

import java.time.Duration;
import java.util.List;

/** Times, and what is usually said of them. */
record Samples(List<Double> seconds) {

    Samples {
        seconds = seconds.stream().sorted().toList();
    }

    /** By the nearest rank, so that it is always one that was measured. */
    double percentile(int percent) {
        var rank = (int) Math.ceil(percent / 100.0 * seconds.size());
        return seconds.get(Math.max(0, rank - 1));
    }

    static double seconds(long fromNanos, long toNanos) {
        return Duration.ofNanos(toNanos - fromNanos).toNanos() / 1e9;
    }
}
