package dev.bulkhead.wire;

import java.io.IOException;

/** A request that wasn't sent, because the API server doesn't keep up. */
final class Overloaded extends IOException {

    Overloaded(String message) {
        super(message);
    }
}
