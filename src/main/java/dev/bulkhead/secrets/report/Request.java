package dev.bulkhead.secrets.report;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationAction;
import dev.bulkhead.operation.OperationId;
import dev.bulkhead.secrets.report.Answer.Done;
import dev.bulkhead.secrets.report.Answer.Later;
import dev.bulkhead.secrets.report.Answer.Refused;
import dev.bulkhead.secrets.report.Answer.UnderWay;
import dev.bulkhead.secrets.rotation.Cause;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.rotation.Wish;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * An open Operation about secrets.
 *
 * @param wish what it asks of each of its entries
 */
record Request(OperationId id, Wish wish, List<String> entries) {

    /** @param operations any; those about other things are left out */
    static Stream<Request> among(List<Operation> operations) {
        return operations.stream().flatMap(it -> kind(it.getSpec().action()).map(kind -> of(it, kind)).stream());
    }

    private static Request of(Operation operation, Wish.Kind kind) {
        var id = OperationId.of(operation);
        var secrets = operation.getSpec().secrets();
        return new Request(
                id,
                new Wish(kind, id.uid()),
                secrets == null
                        ? List.of()
                        : secrets.entries().stream().distinct().toList());
    }

    private static Optional<Wish.Kind> kind(OperationAction action) {
        return switch (action) {
            case Rotate -> Optional.of(Wish.Kind.Rotate);
            case Rollback -> Optional.of(Wish.Kind.Rollback);
            case Hold -> Optional.of(Wish.Kind.Hold);
            case Resume -> Optional.of(Wish.Kind.Resume);
            case Retry -> Optional.of(Wish.Kind.Retry);
            case Compromised -> Optional.of(Wish.Kind.Compromised);
            case Adopt, Release, Purge, ReplaceCluster -> Optional.empty();
        };
    }

    /** What is asked of several entries is asked of all or of none. Once one has begun, the others follow. */
    boolean isRefused(Map<String, Subject> subjects) {
        return entries.stream().noneMatch(it -> isTaken(it, subjects))
                && entries.stream().anyMatch(it -> answer(it, subjects) instanceof Refused);
    }

    boolean isTaken(String entry, Map<String, Subject> subjects) {
        var subject = subjects.get(entry);
        return subject != null && subject.line() != null && isTaken(subject.line());
    }

    /** A line remembers the last ones only, and besides them the one that its rotation is for. */
    private boolean isTaken(Line line) {
        return line.consumed().contains(id.uid()) || Cause.isOperation(line.cause(), id.uid());
    }

    Answer answer(String entry, Map<String, Subject> subjects) {
        var subject = subjects.get(entry);
        if (subject == null) {
            return new Refused("no SecretScope of the environment has it; there are %s"
                    .formatted(subjects.isEmpty() ? "none" : String.join(", ", new TreeSet<>(subjects.keySet()))));
        }
        var line = subject.line();
        if (line != null && isTaken(line)) {
            return taken(line);
        }
        return impossible(subject)
                .<Answer>map(Refused::new)
                .orElseGet(() -> new Later(line == null ? "waits for its first version" : waits(line)));
    }

    private Answer taken(Line line) {
        return switch (wish.kind()) {
            case Hold, Resume, Retry -> new Done(PhaseText.of(line));
            case Rotate, Rollback, Compromised -> begun(line);
        };
    }

    private Answer begun(Line line) {
        if (Cause.isOperation(line.cause(), id.uid())) {
            return line.phase() == Phase.Stable ? new Done(PhaseText.of(line)) : new UnderWay(PhaseText.of(line));
        }
        return Cause.isRollback(line.cause())
                ? new Refused("was taken back by an Operation Rollback. %s".formatted(PhaseText.of(line)))
                : new Done(PhaseText.of(line));
    }

    private Optional<String> impossible(Subject subject) {
        if (!subject.elsewhere().isEmpty()) {
            return Optional.of(subject.elsewhere());
        }
        return switch (wish.kind()) {
            case Rollback ->
                subject.line() != null && subject.line().canRollBack()
                        ? Optional.empty()
                        : Optional.of("it can't go back: the version before is retired, and not accepted any more. %s"
                                .formatted(
                                        subject.isCopied()
                                                ? "Put its value back into Secret %s".formatted(subject.original())
                                                : "Rotate makes a new one"));
            case Rotate ->
                subject.isCopied() && !subject.isLost()
                        ? Optional.of("it is Static. Change Secret %s that it comes from, and it follows"
                                .formatted(subject.original()))
                        : Optional.empty();
            case Compromised ->
                subject.isCopied() && !subject.isReplaced() && !subject.hasAnother() && !subject.isLost()
                        ? Optional.of(
                                "it is Static, and Secret %s still has the value that others know. Put another one there, and then ask again"
                                        .formatted(subject.original()))
                        : Optional.empty();
            case Hold, Resume, Retry -> Optional.empty();
        };
    }

    private static String waits(Line line) {
        if (line.onHold()) {
            return "waits, because the entry is on hold: an Operation Resume ends that. %s"
                    .formatted(PhaseText.of(line));
        }
        return line.phase() == Phase.Stable
                ? "is being taken up"
                : "waits until this is over: %s".formatted(PhaseText.of(line));
    }
}
