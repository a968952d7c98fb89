package dev.bulkhead.secrets.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.secrets.escrow.Restoration.Step;
import dev.bulkhead.secrets.report.Lines;
import dev.bulkhead.secrets.vault.Journal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An import makes what is missing and needed, and touches nothing else. */
class RestorationTest {

    /** Journals by the word that stands for them: "current previous". */
    private static Journal journal(EscrowItem item) {
        var numbers = Arrays.stream(item.data().get("db").split(" "))
                .map(Integer::valueOf)
                .toList();
        var line =
                Lines.stable().current(numbers.get(0)).previous(numbers.get(1)).line();
        return Journal.empty(new EnvironmentId("shop", "staging")).withLines(new TreeMap<>(Map.of("db", line)));
    }

    @Test
    void aWipedHubGetsEverything() {
        assertThat(steps(List.of(), copy("2 1", "1:a", "2:b")))
                .containsExactly(
                        "Make the journal of shop/staging",
                        "Make version 1 of shop/staging/db",
                        "Make version 2 of shop/staging/db");
    }

    @Test
    void whatIsThereIsLeftAsItIs() {
        assertThat(steps(copy("2 1", "1:a", "2:b"), copy("2 1", "1:a", "2:b"))).allMatch(it -> it.startsWith("Same"));
    }

    @Test
    void aVersionWithOtherBytesIsRefused() {
        assertThat(steps(copy("1 0", "1:x"), copy("2 1", "1:a", "2:b")))
                .anyMatch(it -> it.startsWith("Refused version 1 of shop/staging/db: the vault has other bytes"));
        assertThat(steps(versions("1:x"), copy("2 1", "1:a", "2:b")))
                .anyMatch(it -> it.startsWith("Refused version 1"));
    }

    @Test
    void aVersionThatTheJournalNamesAndTheVaultLostComesBack() {
        assertThat(steps(copy("3 2", "3:c"), copy("2 1", "1:a", "2:b")))
                .containsExactly(
                        "Left the journal of shop/staging: the one in the vault has gone on since, and stays",
                        "Left version 1 of shop/staging/db: the journal in the vault doesn't name it (any more)",
                        "Make version 2 of shop/staging/db");
    }

    @Test
    void aLostJournalComesBackToItsVersions() {
        assertThat(steps(versions("1:a", "2:b"), copy("2 1", "1:a", "2:b")))
                .containsExactly(
                        "Make the journal of shop/staging",
                        "Same version 1 of shop/staging/db",
                        "Same version 2 of shop/staging/db");
    }

    /** It would give number 3 to other bytes. */
    @Test
    void aJournalThatIsOlderThanTheVersionsIsRefused() {
        assertThat(steps(versions("2:b", "3:c"), copy("2 1", "1:a", "2:b")))
                .anyMatch(it -> it.startsWith(
                        "Refused the journal of shop/staging: version 3 of shop/staging/db is in the vault and newer"));
    }

    @Test
    void environmentsAreLookedAtEachByItself() {
        var both = Stream.concat(
                        copy("1 0", "1:a").stream(), copy("1 0", "1:a").stream().map(RestorationTest::inProduction))
                .toList();

        assertThat(steps(copy("1 0", "1:a"), both))
                .containsExactly(
                        "Make the journal of shop/production",
                        "Make version 1 of shop/production/db",
                        "Same the journal of shop/staging",
                        "Same version 1 of shop/staging/db");
    }

    private static List<String> steps(List<EscrowItem> live, List<EscrowItem> copy) {
        return new Restoration(live, RestorationTest::journal)
                .of(new EscrowContents("hub-1", "", copy)).stream()
                        .map(RestorationTest::words)
                        .toList();
    }

    private static String words(Step step) {
        var why =
                switch (step) {
                    case Step.Left left -> ": " + left.why();
                    case Step.Refused refused -> ": " + refused.why();
                    default -> "";
                };
        return step.getClass().getSimpleName() + " " + step.what() + why;
    }

    /** A journal, and versions as "ordinal:bytes". */
    private static List<EscrowItem> copy(String journal, String... versions) {
        var items = new ArrayList<EscrowItem>();
        items.add(item("", 0, "db", journal));
        items.addAll(versions(versions));
        return items;
    }

    private static List<EscrowItem> versions(String... versions) {
        return Arrays.stream(versions)
                .map(it -> it.split(":"))
                .map(it -> item("db", Integer.parseInt(it[0]), "value", it[1]))
                .toList();
    }

    private static EscrowItem item(String entry, int version, String key, String value) {
        return new EscrowItem(
                "shop",
                "staging",
                entry,
                version,
                "name-" + version,
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(Map.of(key, value)));
    }

    private static EscrowItem inProduction(EscrowItem item) {
        return new EscrowItem(
                item.hubNamespace(),
                "production",
                item.entry(),
                item.version(),
                item.name(),
                item.labels(),
                item.annotations(),
                item.data());
    }
}
