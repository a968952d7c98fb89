package dev.bulkhead.environment.keeping;

import dev.bulkhead.api.v1alpha1.Span;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Phase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Those who are not restarted for what they have mounted. Nothing shows which files a pod has read; what is known is for how
 * long the target has shown, everywhere, what the kubelets write into them. Pure.
 *
 * @param usage who has what mounted so
 * @param lines where each entry is
 * @param shown entry → how far the target is with it
 */
record Reloads(Usage usage, Entries entries, Map<String, Line> lines, Map<String, Shown> shown, Instant now) {

    private static final String WRITTEN = "its files were written anew, and its pods go on";

    /**
     * @param pointer what the target is known to show
     * @param since for how long; counted anew after a restart of ours
     */
    record Shown(long pointer, Instant since) {

        /** How far the target is by now, entry by entry. */
        static Map<String, Shown> after(Map<String, Shown> before, Map<String, Long> inForce, Instant now) {
            var after = new HashMap<String, Shown>();
            inForce.forEach((entry, pointer) -> {
                var last = before.get(entry);
                after.put(entry, last != null && last.pointer == pointer ? last : new Shown(pointer, now));
            });
            return Map.copyOf(after);
        }

        /** From when on every kubelet is taken to have written the files that go with a pointer; empty until it is shown. */
        Optional<Instant> written(long wanted, String reloadAfter) {
            return pointer >= wanted ? Optional.of(since.plus(Span.of(reloadAfter))) : Optional.empty();
        }
    }

    /** Those whose files may have another value of an entry than the published. */
    SortedSet<String> usersBehind(String entry) {
        return isBehind(entry) ? usage.users(entry) : Collections.emptySortedSet();
    }

    /** Those whose files may say that something else is accepted than what is published. */
    SortedSet<String> acceptorsBehind(String entry) {
        return isBehind(entry) ? usage.acceptors(entry) : Collections.emptySortedSet();
    }

    /** Those who have an entry mounted so. */
    SortedSet<String> of(String entry) {
        return usage.consumers(entry);
    }

    private boolean isBehind(String entry) {
        var line = lines.get(entry);
        return line != null
                && line.phase() != Phase.Stable
                && done(entry, line).filter(at -> !now.isBefore(at)).isEmpty();
    }

    private Optional<Instant> done(String entry, Line line) {
        return Optional.ofNullable(shown.get(entry))
                .flatMap(it -> it.written(
                        line.pointer(),
                        entries.kept().get(entry).spec().restarts().reloadAfter()));
    }

    /** What is known of their files. */
    String evidence(String entry) {
        return isBehind(entry) ? told(done(entry, lines.get(entry)), now) : WRITTEN;
    }

    /** @param done from when on the files count as written; empty as long as the target doesn't show what is to be in them */
    static String told(Optional<Instant> done, Instant now) {
        return done.map(at -> now.isBefore(at)
                        ? "its files are being written anew, which counts as done at %s"
                                .formatted(at.truncatedTo(ChronoUnit.SECONDS))
                        : WRITTEN)
                .orElse("its files are still to be written anew");
    }
}
