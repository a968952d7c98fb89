package dev.bulkhead.environment;

import dev.bulkhead.apply.Target;

/** Where an environment lives, as far as that can be reached now. */
public sealed interface Where {

    record Here(Target target) implements Where {}

    /**
     * It can't be reached. Nothing is done about it, and nobody waits for it.
     *
     * @param lost whether it is broken or gone, rather than only on its way
     */
    record Away(String cluster, boolean lost, String message) implements Where {}
}
