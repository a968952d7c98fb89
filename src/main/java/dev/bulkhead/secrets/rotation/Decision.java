package dev.bulkhead.secrets.rotation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes next: first the line is stored, if it differs from the one that was asked about; then the actions are done;
 * then it is decided again, until there is nothing to store and nothing to do.
 *
 * @param wake when time alone may change the answer; null: never
 */
public record Decision(
        Line line, List<Action> actions, @Nullable Instant wake) {}
