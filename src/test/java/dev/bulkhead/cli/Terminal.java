package dev.bulkhead.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Somebody who types a command, and what they get to see. */
final class Terminal {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return BulkheadCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /** All of it. */
    String seen() {
        return out() + err();
    }
}
