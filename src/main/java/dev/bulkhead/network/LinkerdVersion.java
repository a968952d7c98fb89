package dev.bulkhead.network;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which Linkerd it is, as its images are tagged: {@code version-2.20}, {@code stable-2.14.1}, or {@code edge-26.8.3} by year
 * and month.
 */
public record LinkerdVersion(boolean edge, int major, int minor) {

    private static final Pattern TAG = Pattern.compile("(edge-|[a-z]*-?v?)(\\d{1,4})[.](\\d{1,4})([.].*)?");

    /** Absent when it isn't known, or is no number. */
    public static Optional<LinkerdVersion> of(@Nullable String tag) {
        var found = TAG.matcher(Objects.requireNonNullElse(tag, ""));
        return found.matches()
                ? Optional.of(new LinkerdVersion(
                        found.group(1).equals("edge-"),
                        Integer.parseInt(found.group(2)),
                        Integer.parseInt(found.group(3))))
                : Optional.empty();
    }

    /** Whether it has what came with these. */
    public boolean isSince(String release, String edgeRelease) {
        return of(edge ? edgeRelease : release)
                .filter(first -> major > first.major || major == first.major && minor >= first.minor)
                .isPresent();
    }
}
