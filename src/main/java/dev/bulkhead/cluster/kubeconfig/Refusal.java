package dev.bulkhead.cluster.kubeconfig;

/** Why a kubeconfig isn't taken; never leaves this package. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    Refusal(String message) {
        // Without the trace and the cause: a parser's own message may show what it read.
        super(message, null, false, false);
    }

    /** Its message, which is never absent. */
    String message() {
        return String.valueOf(getMessage());
    }
}
