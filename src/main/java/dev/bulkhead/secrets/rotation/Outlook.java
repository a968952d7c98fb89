package dev.bulkhead.secrets.rotation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Why an entry is where it is, as people are told. Pure, and only told: nothing is decided by it.
 *
 * @param held why it doesn't go on although nothing failed; empty when it does
 * @param waitsFor what the phase that it is in waits for; empty when for nothing
 */
public record Outlook(String held, String waitsFor) {

    public static Outlook of(Terms terms, Line line, Observed observed, Instant now) {
        var matter = new Matter(terms, line, observed, now);
        return new Outlook(
                held(matter).orElse(""),
                waitsFor(matter).flatMap(Optional::stream).findFirst().orElse(""));
    }

    private static Optional<String> held(Matter matter) {
        var line = matter.line();
        if (matter.observed().paused()) {
            return Optional.of("the environment writes nothing");
        }
        if (line.onHold()) {
            return Optional.of(
                    line.declined().isEmpty()
                            ? "it is on hold; an Operation Resume ends that"
                            : "it is on hold, as the value that its Secret has was taken back; another value there ends that, or an Operation Resume, which takes that value again");
        }
        return switch (line.phase()) {
            case Stable -> Agenda.closed(matter).map(Outlook::closed);
            case Due -> matter.line().pending() == 0 ? Optional.empty() : missing(matter);
            case Staged, Installed, Verified, Published, Converging, Draining, Retired, RollingBack, Lost ->
                Optional.empty();
        };
    }

    private static String closed(Instant opening) {
        return opening.equals(Instant.MAX)
                ? "a rotation is due, and no window opens any more: see spec.windows of the SecretScope"
                : "a rotation is due, and begins in the next window, at %s".formatted(seconds(opening));
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static Optional<String> missing(Matter matter) {
        if (Storage.hasIngredients(matter)
                || matter.observed().holds(matter.line().pending())) {
            return Optional.empty();
        }
        return Optional.of(
                matter.terms().issued()
                        ? "its CA has no version that could sign it now: see the CA entry"
                        : "the Secret that it comes from isn't there, or hasn't the key: see spec.entries[].from");
    }

    private static Stream<Optional<String>> waitsFor(Matter matter) {
        var line = matter.line();
        var observed = matter.observed();
        return switch (line.phase()) {
            case Staged -> Stream.of(hook(matter), target(matter), pods(observed.acceptorsBehind(), "accept"));
            case Installed -> Stream.of(hook(matter));
            case Published -> Stream.of(target(matter));
            case Converging, RollingBack ->
                Stream.of(
                        target(matter),
                        pods(observed.usersBehind(), "use"),
                        pods(observed.acceptorsBehind(), "accept"),
                        leaves(matter));
            case Draining ->
                Stream.of(
                        Optional.ofNullable(line.drainUntil())
                                .filter(it -> matter.now().isBefore(it))
                                .map(it -> "%s: until then version %d is accepted"
                                        .formatted(seconds(it), line.previous())),
                        target(matter),
                        leaves(matter));
            case Due, Retired ->
                line.retiring() == 0
                        ? Stream.of(known(matter))
                        : Stream.of(
                                hook(matter),
                                target(matter),
                                pods(observed.acceptorsBehind(), "accept"),
                                pods(observed.usersBehind(), "use"),
                                leaves(matter));
            case Stable, Verified, Lost -> Stream.empty();
        };
    }

    private static Optional<String> known(Matter matter) {
        return matter.line().phase() == Phase.Due && !Storage.knowsTheTarget(matter)
                ? Optional.of("what the target shows to be known")
                : Optional.empty();
    }

    private static Optional<String> hook(Matter matter) {
        return matter.hook()
                .filter(step -> !(matter.observed().hook(step) instanceof HookState.Succeeded))
                .map(step -> "hook %s to end%s"
                        .formatted(Failures.word(step), where(matter.observed().hook(step))));
    }

    private static String where(HookState hook) {
        return hook instanceof HookState.Running(var job) ? ", which is %s".formatted(job) : "";
    }

    private static Optional<String> target(Matter matter) {
        if (matter.isSettled()) {
            return Optional.empty();
        }
        var elsewhere = new TreeSet<>(matter.observed().elsewhere());
        return Optional.of(
                "%s to show it".formatted(elsewhere.isEmpty() ? "the target" : String.join(", ", elsewhere)));
    }

    private static Optional<String> pods(Collection<String> behind, String what) {
        return behind.isEmpty()
                ? Optional.empty()
                : Optional.of("the pods of %s, started before, to %s it"
                        .formatted(String.join(", ", new TreeSet<>(behind)), what));
    }

    private static Optional<String> leaves(Matter matter) {
        return matter.observed().leavesFollow()
                ? Optional.empty()
                : Optional.of("certificates that an older version signed to be replaced");
    }
}
