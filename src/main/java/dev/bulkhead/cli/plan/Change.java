package dev.bulkhead.cli.plan;

import dev.bulkhead.apply.Ref;
import java.util.List;

/**
 * What becomes of one object.
 *
 * @param details what changes in it, field by field; of a policy that comes or goes, what it opens
 * @param restarts whether its pods are replaced
 */
public record Change(Ref ref, How how, List<String> details, boolean restarts) {

    /** Which way. */
    public enum How {
        CREATED('+', "created"),
        CHANGED('~', "changed"),
        REMOVED('-', "removed");

        private final char sign;
        private final String word;

        How(char sign, String word) {
            this.sign = sign;
            this.word = word;
        }

        public char sign() {
            return sign;
        }

        public String word() {
            return word;
        }
    }

    public Change {
        details = List.copyOf(details);
    }
}
