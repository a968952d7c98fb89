package dev.bulkhead.kube;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines of a log. */
final class LogTail {

    private static final int LINES = 120;

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
