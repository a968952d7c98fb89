package dev.bulkhead.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.secrets.report.Lines;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Phase;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JournalTextTest {

    private static final EnvironmentId STAGING = new EnvironmentId("shop", "staging");

    @Test
    void whatIsWrittenIsRead() {
        var journal = new Journal(
                STAGING,
                new TreeMap<>(Map.of(
                        "db", Lines.draining().line(), "none", Lines.stable().line())),
                new TreeMap<>(Map.of("web/api", "0f0f")),
                new TreeSet<>(List.of("db")),
                new TreeMap<>(Map.of(
                        "shop-staging-web/mail",
                        Arrival.NOTHING.seen(Map.of("password", "h1")).seen(Map.of("password", "h2")))),
                "7");

        assertThat(JournalText.read(STAGING, map(JournalText.write(journal)))).isEqualTo(journal);
        assertThat(JournalText.write(journal).get("db")).doesNotContain("null").contains("2026-11-22T13:00:00Z");
    }

    @Test
    void anEmptyJournalIsOne() {
        var empty = Journal.empty(STAGING);

        assertThat(JournalText.read(STAGING, map(JournalText.write(empty)))).isEqualTo(empty.at("7"));
    }

    @Test
    void whatANewerVersionWroteIsRefusedAndNotHalfUnderstood() {
        var data = new TreeMap<>(JournalText.write(journal()));
        data.put("db", data.get("db").replaceFirst("\\{", "{\"later\":1,"));

        assertThatThrownBy(() -> JournalText.read(STAGING, map(data)))
                .isInstanceOf(VaultRefused.class)
                .hasMessageStartingWith("ConfigMap bulkhead-vault-shop/journal.staging: db doesn't parse")
                .hasMessageContaining("later")
                .hasMessageContaining("run the version of Bulkhead that wrote it")
                .hasMessageContaining("delete it");
    }

    @Test
    void anotherFormatIsRefused() {
        var data = new TreeMap<>(JournalText.write(journal()));
        data.put(JournalText.FORMAT, "2");

        assertThatThrownBy(() -> JournalText.read(STAGING, map(data)))
                .isInstanceOf(VaultRefused.class)
                .hasMessageContaining("_format is \"2\", and this version knows \"1\" only");
    }

    @Test
    void whatIsBrokenIsRefused() {
        for (var broken : List.of("", "null", "{", "{\"phase\":\"Dancing\"}", "[]", "{}")) {
            var data = new TreeMap<>(JournalText.write(journal()));
            data.put("db", broken);

            assertThatThrownBy(() -> JournalText.read(STAGING, map(data)))
                    .as(broken)
                    .isInstanceOf(VaultRefused.class)
                    .hasMessageContaining("db ");
        }
    }

    /** As much as there may be of an environment, each at its longest: a ConfigMap holds a mebibyte. */
    @Test
    void aFullJournalFitsIntoItsConfigMap() {
        var operation = "Operation:01234567-89ab-cdef-0123-456789abcdef";
        var longest = Lines.in(Phase.Draining)
                .current(123_456)
                .previous(123_455)
                .pending(123_457)
                .retiring(123_454)
                .rotation("0123456789abcdef", operation + "/Compromised")
                .failed(1000, "x".repeat(150))
                .took(IntStream.range(0, Line.MEMORY)
                        .mapToObj(it -> "01234567-89ab-cdef-0123-456789abcdef")
                        .toArray(String[]::new))
                .line();
        var lines = new TreeMap<String, Line>();
        var restarts = new TreeMap<String, String>();
        IntStream.range(0, Journal.MOST_ENTRIES)
                .mapToObj(it -> "%060d".formatted(it))
                .forEach(it -> {
                    lines.put("e" + it, longest);
                    restarts.put("w" + it, "0".repeat(64));
                });

        var text = JournalText.write(new Journal(STAGING, lines, restarts, "7"));

        assertThat(JournalText.size(text)).isLessThan(JournalText.LONGEST);
    }

    @Test
    void whatWouldNotFitIsRefusedBeforeAnybodyIsAsked() {
        var lines = new TreeMap<String, Line>();
        IntStream.range(0, 4000)
                .forEach(it -> lines.put("e" + it, Lines.stable().line()));

        assertThatThrownBy(() -> JournalText.write(new Journal(STAGING, lines, new TreeMap<>(), "7")))
                .isInstanceOf(VaultRefused.class)
                .hasMessageContaining("4000 entries")
                .hasMessageContaining("shop/staging");
    }

    private static Journal journal() {
        return new Journal(STAGING, new TreeMap<>(Map.of("db", Lines.draining().line())), new TreeMap<>(), "7");
    }

    private static ConfigMap map(Map<String, String> data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("bulkhead-vault-shop")
                .withName("journal.staging")
                .withResourceVersion("7")
                .endMetadata()
                .withData(data)
                .build();
    }
}
