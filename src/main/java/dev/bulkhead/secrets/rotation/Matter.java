package dev.bulkhead.secrets.rotation;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** An entry's line, and all that is known when the next step is decided. */
record Matter(Terms terms, Line line, Observed observed, Instant now) {

    /** The target shows what is to be published, and so does everybody else who publishes it. Before that, what pods have says nothing. Where nothing is, nobody waits. */
    boolean isSettled() {
        return line.current() == 0
                || observed.inForce() >= line.pointer() && observed.elsewhere().isEmpty();
    }

    boolean allAccept() {
        return line.current() == 0 || isSettled() && observed.acceptorsBehind().isEmpty();
    }

    /** Every pod has what is published, and all that this CA signs was signed anew. */
    boolean allFollow() {
        return line.current() == 0 || allAccept() && observed.usersBehind().isEmpty() && observed.leavesFollow();
    }

    Optional<VersionFacts> currentFacts() {
        return Optional.ofNullable(observed.versions().get(line.current()));
    }

    /** The lowest version in the vault that the line doesn't name, and nobody may use any more. */
    OptionalInt leftover() {
        return unnamed().min();
    }

    IntStream unnamed() {
        return observed.versions().keySet().stream().mapToInt(Integer::intValue).filter(it -> !names(it));
    }

    private boolean names(int version) {
        return version == line.current()
                || version == line.previous()
                || version == line.pending()
                || version == line.retiring();
    }

    Optional<HookStep> hook() {
        return Rotation.hook(terms, line, observed.versions());
    }

    LineChange change() {
        return LineChange.of(line);
    }
}
