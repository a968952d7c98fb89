package dev.bulkhead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.MovableClock;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.fabric8.kubernetes.client.http.WebSocketUpgradeResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which watches are cut, and what those behind them hear. */
class WatchesTest {

    private static final String PODS = "/api/v1/pods";
    private static final String SINCE = "100";

    private final MovableClock clock = new MovableClock();
    private final List<String> cut = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final Socket socket = new Socket();
    private final Watches watches = new Watches(clock, cut::add);
    private final AtomicLong version = new AtomicLong(200);
    private final Rewind rewind = watches.rewind(() -> CompletableFuture.completedFuture(version.get()));
    private final WebSocket.Listener watch = watches.listening(PODS, SINCE, rewind, new Heard());

    @Test
    void aWatchThatSpeaksStays() {
        watch.onOpen(socket);
        for (int minute = 0; minute < 20; minute++) {
            clock.advance(Duration.ofMinutes(1));
            watch.onMessage(socket, "bookmark");
            watches.cutSilent();
        }

        assertThat(cut).isEmpty();
        assertThat(watches.silences()).containsEntry("pods", Duration.ZERO);
    }

    @Test
    void aWatchThatIsSilentIsCutOnceAndItsOwnerToldAsOfALostConnection() {
        watch.onOpen(socket);
        clock.advance(Watches.SILENCE.plusSeconds(1));

        watches.cutSilent();
        watches.cutSilent();

        assertThat(cut).containsExactly("pods");
        assertThat(heard).containsExactly("open", "error The watch was silent for too long");
        assertThat(socket.closed).isTrue();
        assertThat(watches.silences()).isEmpty();
    }

    @Test
    void whatAWatchSaysAfterItWasCutIsNotHeard() {
        watch.onOpen(socket);
        clock.advance(Watches.SILENCE.plusSeconds(1));
        watches.cutSilent();
        heard.clear();

        watch.onMessage(socket, "late");
        watch.onClose(socket, 1000, "");
        watch.onError(socket, new IllegalStateException("late"));

        assertThat(heard).isEmpty();
    }

    @Test
    void aWatchThatClosedIsNobodysBusiness() {
        watch.onOpen(socket);
        watch.onClose(socket, 1000, "");
        clock.advance(Duration.ofHours(1));
        watches.cutSilent();

        assertThat(cut).isEmpty();
        assertThat(heard).containsExactly("open", "close");
    }

    @Test
    void onceInAWhileAWatchIsToldToListAgain() {
        watch.onOpen(socket);
        watches.relistNext();
        assertThat(heard).containsExactly("open");

        clock.advance(Watches.RELIST.multipliedBy(2));
        watches.relistNext();
        watches.relistNext();

        assertThat(heard).hasSize(2);
        assertThat(heard.getLast()).contains("\"code\":410");
        assertThat(cut).isEmpty();
    }

    @Test
    void aWatchThatIsOpenedAnewKeepsTheTimeOfItsList() {
        watch.onOpen(socket);
        clock.advance(Watches.RELIST);
        watch.onClose(socket, 1000, "");
        watches.listening(PODS, SINCE, rewind, new Heard()).onOpen(socket);
        heard.clear();
        clock.advance(Watches.RELIST);

        watches.relistNext();

        assertThat(heard).hasSize(1);
    }

    @Test
    void whatNobodyWatchesAnyMoreIsForgotten() {
        watch.onOpen(socket);
        watch.onClose(socket, 1000, "");
        clock.advance(Watches.RELIST.multipliedBy(2));
        watches.relistNext();
        watches.listening(PODS, SINCE, rewind, new Heard()).onOpen(socket);
        heard.clear();

        watches.relistNext();

        assertThat(heard).isEmpty();
    }

    @Test
    void whenTheClockGoesBackNothingIsCut() {
        watch.onOpen(socket);
        clock.advance(Duration.ofHours(-1));
        watches.cutSilent();

        assertThat(cut).isEmpty();
        assertThat(watches.silences()).containsEntry("pods", Duration.ZERO);
    }

    @Test
    void aServerThatWasAwayAndHasGoneBackIsListedAgain() {
        watch.onOpen(socket);
        watch.onError(socket, new IOException("lost"));
        version.set(50);
        heard.clear();
        watches.listening(PODS, SINCE, rewind, new Heard()).onOpen(socket);

        assertThat(heard).hasSize(2);
        assertThat(heard.getLast()).contains("\"code\":410");
    }

    @Test
    void aWatchThatWasSilentIsComparedToo() {
        watch.onOpen(socket);
        clock.advance(Watches.SILENCE.plusSeconds(1));
        watches.cutSilent();
        version.set(50);
        heard.clear();
        watches.listening(PODS, SINCE, rewind, new Heard()).onOpen(socket);

        assertThat(heard.getLast()).contains("\"code\":410");
    }

    @Test
    void aServerThatWasAwayAndHasNotGoneBackIsWatchedOn() {
        watch.onOpen(socket);
        watch.onError(socket, new IOException("lost"));
        heard.clear();
        watches.listening(PODS, SINCE, rewind, new Heard()).onOpen(socket);

        assertThat(heard).containsExactly("open");
    }

    @Test
    void nobodyIsAskedWhereNoConnectionWasLost() {
        version.set(50);
        watch.onOpen(socket);
        rewind.lost(new WebSocketHandshakeException(new WebSocketUpgradeResponse(null, 403)));
        watches.listening(PODS, SINCE, rewind, new Heard()).onOpen(socket);

        assertThat(heard).containsExactly("open", "open");
    }

    @Test
    void suspicionEnds() {
        version.set(50);
        rewind.lost(new IOException("lost"));
        clock.advance(Rewind.SUSPICION.plusSeconds(1));
        watch.onOpen(socket);

        assertThat(heard).containsExactly("open");
    }

    private final class Heard implements WebSocket.Listener {

        @Override
        public void onOpen(WebSocket webSocket) {
            heard.add("open");
        }

        @Override
        public void onMessage(WebSocket webSocket, String text) {
            heard.add(text);
        }

        @Override
        public void onClose(WebSocket webSocket, int code, String reason) {
            heard.add("close");
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            heard.add("error " + error.getMessage());
        }
    }

    private static final class Socket implements WebSocket {

        private boolean closed;

        @Override
        public boolean send(ByteBuffer buffer) {
            return false;
        }

        @Override
        public boolean sendClose(int code, String reason) {
            closed = true;
            return true;
        }

        @Override
        public long queueSize() {
            return 0;
        }

        @Override
        public void request() {
            // Nothing more comes by itself.
        }
    }
}
