package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Environment;
import java.util.Optional;

/**
 * Whether the hub is whole. What goes because a definition of ours or a whole hub namespace goes wasn't meant: then
 * everything is let go as it is, and nothing is taken down. Always asked afresh, and only when something would go.
 */
public interface Retreat {

    /** What of the hub is missing or about to go; nothing while it is whole. */
    Optional<String> reason(String hubNamespace);

    /** What of the hub was put back so lately that those who asked for something may not be back yet. */
    Optional<String> unsettled(Environment environment);
}
