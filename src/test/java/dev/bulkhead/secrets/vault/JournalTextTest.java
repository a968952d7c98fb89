package dev.bulkhead.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.secrets.report.Lines;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
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
                .hasMessageContaining("run the version of Bulkhead that wrote it");
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
