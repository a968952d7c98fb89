package dev.bulkhead.secrets.escrow;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.vault.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an import would do to a hub. Only what is missing is made: a journal that is there has gone on since the copy was
 * made, and of its versions only those come back that it names. Pure.
 */
public final class Restoration {

    /** What becomes of one thing. */
    public sealed interface Step {

        String what();

        /** It is missing, and made. */
        record Make(EscrowItem item) implements Step {

            @Override
            public String what() {
                return item.toString();
            }
        }

        /** The hub is told which one it is; it knows none, or another by which it has done nothing. */
        record Identify(String what) implements Step {}

        /** It is there, as it is here. */
        record Same(String what) implements Step {}

        /** It isn't needed any more. */
        record Left(String what, String why) implements Step {}

        /** It can't be: nothing at all is imported. */
        record Refused(String what, String why) implements Step {}
    }

    private record Key(EnvironmentId environment, String entry, int version) {

        static Key of(EscrowItem item) {
            return new Key(item.environmentId(), item.entry(), item.version());
        }
    }

    private final Map<Key, EscrowItem> live;
    private final Function<EscrowItem, Journal> reading;

    /**
     * @param live what the vaults of the hub have
     * @param reading journal as an item → as itself
     */
    public Restoration(List<EscrowItem> live, Function<EscrowItem, Journal> reading) {
        this.live = live.stream().collect(Collectors.toMap(Key::of, it -> it));
        this.reading = reading;
    }

    public List<Step> of(EscrowContents contents) {
        var byEnvironment = contents.items().stream()
                .collect(Collectors.groupingBy(
                        item -> item.environmentId().toString(), TreeMap::new, Collectors.toList()));
        var steps = new ArrayList<Step>();
        byEnvironment.values().forEach(items -> steps.addAll(environment(items)));
        return steps;
    }

    private List<Step> environment(List<EscrowItem> wanted) {
        var journal = Optional.ofNullable(live.get(new Key(wanted.getFirst().environmentId(), "", 0)));
        var steps = new ArrayList<Step>();
        for (var item : wanted) {
            steps.add(item.isJournal() ? journal(item, journal, wanted) : version(item, journal));
        }
        return steps;
    }

    private Step journal(EscrowItem item, Optional<EscrowItem> there, List<EscrowItem> wanted) {
        if (there.isEmpty()) {
            return newer(item, wanted)
                    .<Step>map(version -> new Step.Refused(
                            item.toString(),
                            "%s is in the vault and newer than this copy. Use a copy that knows it, or let the operator take up what is there"
                                    .formatted(version)))
                    .orElseGet(() -> new Step.Make(item));
        }
        return there.get().data().equals(item.data())
                ? new Step.Same(item.toString())
                : new Step.Left(item.toString(), "the one in the vault has gone on since, and stays");
    }

    /** A version that the copy knows nothing of: its ordinal would be given a second time. */
    private Optional<EscrowItem> newer(EscrowItem journal, List<EscrowItem> wanted) {
        var lines = reading.apply(journal).lines();
        return live.values().stream()
                .filter(it -> !it.isJournal())
                .filter(it -> it.environmentId().equals(journal.environmentId()))
                .filter(it -> wanted.stream().noneMatch(item -> Key.of(item).equals(Key.of(it))))
                .filter(it -> Optional.ofNullable(lines.get(it.entry()))
                        .map(line -> it.version() > line.highest())
                        .orElse(true))
                .findFirst();
    }

    private Step version(EscrowItem item, Optional<EscrowItem> journal) {
        var there = Optional.ofNullable(live.get(Key.of(item)));
        if (there.isPresent()) {
            return there.get().data().equals(item.data())
                    ? new Step.Same(item.toString())
                    : new Step.Refused(
                            item.toString(),
                            "the vault has other bytes under this number, in Secret %s: it was made anew after this copy. Which of the two counts only a person can say; to let this copy count, stop the operator and delete the vault's namespace first"
                                    .formatted(there.get().name()));
        }
        var needed = journal.map(reading)
                .map(it -> Optional.ofNullable(it.lines().get(item.entry()))
                        .filter(line -> names(line, item.version()))
                        .isPresent())
                .orElse(true);
        return needed
                ? new Step.Make(item)
                : new Step.Left(item.toString(), "the journal in the vault doesn't name it (any more)");
    }

    private static boolean names(Line line, int version) {
        return List.of(line.current(), line.previous(), line.pending(), line.retiring())
                .contains(version);
    }
}
