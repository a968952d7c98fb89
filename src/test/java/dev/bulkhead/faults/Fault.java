package dev.bulkhead.faults;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** What becomes of a request on its way. */
sealed interface Fault {

    // Before it is forwarded.

    /** It is answered by the proxy and never arrives. */
    record Refuse(int code, Map<String, String> headers, String body) implements Fault {}

    /** The connection is closed and it never arrives. */
    record Close() implements Fault {}

    /** It never arrives, and nothing is answered. */
    record BlackHole() implements Fault {}

    /** It arrives later. */
    record Delay(Duration time) implements Fault {}

    /** It waits until somebody opens the gate. */
    record Hold(CountDownLatch gate) implements Fault {}

    /** Something happens first. */
    record First(Runnable hook) implements Fault {}

    // After it was forwarded, before the reply is.

    /** It was done, and the connection is closed instead of a reply. */
    record LoseReply() implements Fault {}

    /** It was done, and nothing is answered. */
    record SilentReply() implements Fault {}

    /** It was done, something happens, and then the reply goes on its way. */
    record Then(Runnable hook) implements Fault {}

    /** The reply is another one. */
    record Rewrite(int code, UnaryOperator<String> body) implements Fault {

        /** The code stays what it was. */
        static final int SAME = 0;
    }

    /** The reply ends after so many characters, as if that were all. */
    record Truncate(int length) implements Fault {}

    /** The reply comes byte by byte. */
    record Trickle(Duration perByte) implements Fault {}
}
