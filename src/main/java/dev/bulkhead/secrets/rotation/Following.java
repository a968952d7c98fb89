package dev.bulkhead.secrets.rotation;

import dev.bulkhead.api.v1alpha1.SecretType;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** How a Static entry follows the Secret that it comes from, and when it doesn't. */
final class Following {

    private Following() {}

    static boolean isStatic(Matter matter) {
        return matter.terms().type() == SecretType.Static;
    }

    /** Whether the newest version is another than the source, and nobody went back from that. */
    static boolean isDue(Matter matter) {
        return isBehind(matter)
                && !matter.observed().source().equals(matter.line().declined());
    }

    private static boolean isBehind(Matter matter) {
        var line = matter.line();
        var newest = line.pending() != 0 ? line.pending() : line.current();
        return isStatic(matter)
                && !matter.observed().source().isEmpty()
                && matter.observed().holds(newest)
                && !recipe(matter, newest).equals(matter.observed().source());
    }

    private static String recipe(Matter matter, int version) {
        var facts = matter.observed().versions().get(version);
        return facts == null ? "" : facts.recipe();
    }

    /** Who went back from a source waits for another one. */
    static Optional<Line> released(Matter matter) {
        var line = matter.line();
        var source = matter.observed().source();
        return line.onHold() && !line.declined().isEmpty() && !source.isEmpty() && !source.equals(line.declined())
                ? Optional.of(matter.change().onHold(false).declines("").done())
                : Optional.empty();
    }

    /** What a Rollback goes back from. Of what isn't made yet that is the source as it is now. */
    static String rejected(Matter matter) {
        if (!isStatic(matter)) {
            return "";
        }
        var line = matter.line();
        var made = recipe(matter, line.pending() != 0 ? line.pending() : line.current());
        return made.isEmpty() ? matter.observed().source() : made;
    }

    /** Nothing is made here that others don't know: the source has to be another one. If it is, the one before goes now. */
    static Line compromised(Matter matter, Wish wish, LineChange taken) {
        var line = matter.line();
        var cause = Cause.of(wish);
        if (line.current() == 0) {
            return taken.done();
        }
        var isLost = line.pending() == 0 && !matter.observed().holds(line.current());
        if (isBehind(matter) || isLost) {
            return Starts.begin(new Matter(matter.terms(), taken.done(), matter.observed(), matter.now()), cause);
        }
        if (line.pending() != 0) {
            return taken.cause(cause).done();
        }
        return line.previous() == 0
                ? taken.done()
                : taken.cause(cause)
                        .previous(0)
                        .retiring(line.previous())
                        .drainUntil(null)
                        .enters(Phase.Retired, matter.now())
                        .done();
    }

    /** A source that was changed and put back: two versions are one value, and to revoke one would revoke the other. */
    static boolean isInUseElsewhere(Terms terms, Line line, Map<Integer, VersionFacts> versions) {
        var retiring = versions.get(line.retiring());
        return terms.type() == SecretType.Static
                && retiring != null
                && IntStream.of(line.current(), line.previous(), line.pending())
                        .mapToObj(versions::get)
                        .anyMatch(it -> it != null && it.recipe().equals(retiring.recipe()));
    }
}
