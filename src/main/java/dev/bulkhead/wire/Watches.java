package dev.bulkhead.wire;

import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every watch that is open, and when it last spoke. A connection can be alive while nothing comes through it any more,
 * and then everybody who reads the cache behind it believes in an old world. An API server lets a quiet watch hear a
 * bookmark about each minute, so silence means something: the watch is cut and opened again from where it was, which
 * brings all that was missed, and costs one request.
 *
 * <p>A single event that got lost leaves no gap that anybody could see. So each watch is also told once in a while that
 * what it knows is too old, as an API server would tell it; then it lists everything and compares.
 */
public final class Watches {

    /** Three bookmarks missed. */
    public static final Duration SILENCE = Duration.ofMinutes(3);

    /** Between two lists of one resource: this, and up to twice this, so that they don't come together. */
    static final Duration RELIST = Duration.ofMinutes(30);

    /** What an API server says to a watch that has been away for too long. */
    private static final String GONE = """
            {"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Expired","code":410,\
            "message":"listed again, to be sure"}}""";

    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> relists = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Consumer<String> cut;

    /** @param cut told of which resource a watch was cut */
    public Watches(Clock clock, Consumer<String> cut) {
        this.clock = clock;
        this.cut = cut;
    }

    /**
     * Listens to a watch on behalf of another.
     *
     * @param since the version that it wants to hear what comes after; empty: none
     */
    WebSocket.Listener listening(String path, String since, Rewind rewind, WebSocket.Listener listener) {
        relists.computeIfAbsent(path, this::nextRelist);
        return new Line(path, since, rewind, listener);
    }

    /** @param version what the server is at now */
    Rewind rewind(Supplier<CompletableFuture<Long>> version) {
        return new Rewind(clock, version);
    }

    /** Spread by name. A watch is opened anew every few minutes; the time of its list stays. */
    private Instant nextRelist(String path) {
        return clock.instant()
                .plus(RELIST)
                .plus(RELIST.multipliedBy(Math.floorMod(path.hashCode(), 64)).dividedBy(64));
    }

    /** Cuts the watches that are silent. Called at intervals. */
    public void cutSilent() {
        lines.stream().filter(line -> line.silence().compareTo(SILENCE) > 0).forEach(Line::cut);
    }

    /** Has the next resource listed again whose time has come. Called at intervals; one at a time. */
    public void relistNext() {
        relists.entrySet().stream()
                .filter(due -> due.getValue().isBefore(clock.instant()))
                .map(Map.Entry::getKey)
                .findFirst()
                .ifPresent(this::relist);
    }

    private void relist(String path) {
        var open = lines.stream().filter(line -> line.path.equals(path)).toList();
        if (open.isEmpty()) {
            // Nobody watches it any more; or it is being opened just now, and then it says so again.
            relists.remove(path);
        } else {
            relists.put(path, nextRelist(path));
            open.forEach(Line::relist);
        }
    }

    /** The longest silence, by resource. */
    public Map<String, Duration> silences() {
        return lines.stream()
                .collect(Collectors.toMap(
                        line -> line.resource, Line::silence, (one, other) -> one.compareTo(other) > 0 ? one : other));
    }

    private final class Line implements WebSocket.Listener {

        private final String path;
        private final String resource;
        private final String since;
        private final Rewind rewind;
        private final WebSocket.Listener listener;
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile WebSocket socket;
        private volatile Instant last = clock.instant();

        Line(String path, String since, Rewind rewind, WebSocket.Listener listener) {
            this.path = path;
            this.since = since;
            this.rewind = rewind;
            this.resource = path.substring(path.lastIndexOf('/') + 1);
            this.listener = listener;
        }

        Duration silence() {
            var silence = Duration.between(last, clock.instant());
            return silence.isNegative() ? Duration.ZERO : silence;
        }

        void cut() {
            if (end()) {
                LOG.warn(
                        "The watch of {} was silent for {} seconds: it is opened again from where it was",
                        resource,
                        silence().toSeconds());
                cut.accept(resource);
                // Not by the closing handshake alone: who doesn't speak may not answer that either.
                var silent = new IOException("The watch was silent for too long");
                rewind.lost(silent);
                listener.onError(socket, silent);
                socket.sendClose(1000, null);
            }
        }

        void relist() {
            if (end()) {
                listener.onMessage(socket, GONE);
                socket.sendClose(1000, null);
            }
        }

        private boolean end() {
            lines.remove(this);
            return over.compareAndSet(false, true);
        }

        @Override
        public void onOpen(WebSocket opened) {
            socket = opened;
            last = clock.instant();
            lines.add(this);
            listener.onOpen(opened);
            rewind.isBefore(since).thenAccept(before -> {
                if (before) {
                    LOG.warn(
                            "The API server has gone back behind version {} of {}, as one does that is restored from a"
                                    + " backup: they are listed again",
                            since,
                            resource);
                    relist();
                }
            });
        }

        @Override
        public void onMessage(WebSocket from, String text) {
            last = clock.instant();
            if (!over.get()) {
                listener.onMessage(from, text);
            }
        }

        @Override
        public void onMessage(WebSocket from, ByteBuffer bytes) {
            last = clock.instant();
            if (!over.get()) {
                listener.onMessage(from, bytes);
            }
        }

        @Override
        public void onClose(WebSocket from, int code, String reason) {
            if (end()) {
                listener.onClose(from, code, reason);
            }
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            rewind.lost(error);
            if (end()) {
                listener.onError(from, error);
            }
        }
    }
}
