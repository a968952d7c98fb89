package dev.bulkhead.cli.plan;

import dev.bulkhead.apply.Difference;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Ref;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What becomes of one object.
 *
 * @param details what changes in it, field by field; of a policy that comes or goes, what it opens
 * @param restarts whether its pods are replaced
 */
public record Change(Ref ref, How how, List<String> details, boolean restarts) {

    private static final Set<Kind> REPLACES_PODS = Set.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET);

    private static final List<String> OWN_NOTES = List.of("what Bulkhead notes on it for itself");

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

    /** Of an object that is there before and after, and not the same. */
    public static Change between(Ref ref, Map<String, Object> before, Map<String, Object> after) {
        var details = Difference.between(before, after).stream()
                .map(Difference::toString)
                .toList();
        return new Change(
                ref,
                How.CHANGED,
                details.isEmpty() ? OWN_NOTES : details,
                REPLACES_PODS.contains(ref.kind()) && !Objects.equals(template(before), template(after)));
    }

    /** Whether anything but our own notes changes. */
    public boolean isSeen() {
        return !details.equals(OWN_NOTES);
    }

    private static Object template(Map<String, Object> object) {
        return object.get("spec") instanceof Map<?, ?> spec ? spec.get("template") : null;
    }
}
