package dev.bulkhead.cli;

/** Why a command can't be done, in words for whoever typed it. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    CommandFailure(String message) {
        super(message, null, false, false);
    }
}
