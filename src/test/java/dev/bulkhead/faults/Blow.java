package dev.bulkhead.faults;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** What becomes of a request on its way. */
sealed interface Blow {

    // Before it is forwarded.

    /** It is answered by the proxy and never arrives. */
    record Refuse(int code, Map<String, String> headers, String body) implements Blow {}

    /** The connection is closed and it never arrives. */
    record Close() implements Blow {}

    /** It never arrives, and nothing is answered. */
    record BlackHole() implements Blow {}

    /** It arrives later. */
    record Delay(Duration time) implements Blow {}

    /** It waits until somebody opens the gate. */
    record Hold(CountDownLatch gate) implements Blow {}

    /** Something happens first. */
    record First(Runnable hook) implements Blow {}

    // After it was forwarded, before the reply is.

    /** It was done, and the connection is closed instead of a reply. */
    record LoseReply() implements Blow {}

    /** It was done, and nothing is answered. */
    record SilentReply() implements Blow {}

    /** It was done, something happens, and then the reply goes on its way. */
    record Then(Runnable hook) implements Blow {}

    /** The reply is another one. */
    record Rewrite(int code, UnaryOperator<String> body) implements Blow {

        /** The code stays what it was. */
        static final int SAME = 0;
    }

    /** The reply ends after so many characters, as if that were all. */
    record Truncate(int length) implements Blow {}

    /** The reply comes byte by byte. */
    record Trickle(Duration perByte) implements Blow {}
}
