package dev.bulkhead.kube;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The last lines that were logged in this JVM, whoever runs in it. */
final class JvmLog extends Handler implements AutoCloseable {

    private final LogTail tail = new LogTail();
    private final SimpleFormatter formatter = new SimpleFormatter();

    JvmLog listen() {
        Logger.getLogger("").addHandler(this);
        return this;
    }

    List<String> lines() {
        return tail.lines();
    }

    @Override
    public void publish(LogRecord record) {
        var failure = record.getThrown() == null ? "" : " | " + record.getThrown();
        tail.add("%s %-7s %s %s%s"
                .formatted(
                        record.getInstant(),
                        record.getLevel(),
                        record.getLoggerName(),
                        formatter.formatMessage(record),
                        failure));
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
