package dev.bulkhead.secrets.template;

/** A text that is no template. Says what is wrong, and where. */
public final class Misspelt extends Exception {

    private static final long serialVersionUID = 1;

    Misspelt(int position, String what) {
        super("at character %d: %s".formatted(position + 1, what));
    }
}
