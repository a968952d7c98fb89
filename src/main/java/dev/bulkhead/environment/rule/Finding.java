package dev.bulkhead.environment.rule;

import dev.bulkhead.status.Reason;
import java.util.stream.Stream;

/** Something that is wrong with a resource: what, where, and what to do. */
public record Finding(Reason reason, String message) {

    static Stream<Finding> of(Reason reason, String message, Object... values) {
        return Stream.of(new Finding(reason, message.formatted(values)));
    }

    /** Whether it heals when somebody else brings what is missing. */
    public boolean waits() {
        return reason.isWaiting();
    }
}
