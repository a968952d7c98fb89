package dev.bulkhead.runtime;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after what should go by itself, every few seconds. One look that fails ends neither the others nor the next. */
final class Vigil implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(Vigil.class);

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("bulkhead-vigil").daemon().factory());

    void keep(List<Runnable> looks) {
        executor.scheduleWithFixedDelay(
                () -> looks.forEach(Vigil::look), EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void look(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException | Error e) {
            // An Error, too: who watches over others must not be what ends.
            LOG.error("A watchdog failed: {}", e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
