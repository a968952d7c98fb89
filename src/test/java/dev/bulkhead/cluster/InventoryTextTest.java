package dev.bulkhead.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.Inventory;
import dev.bulkhead.apply.Inventory.Held;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Level;
import dev.bulkhead.apply.Ref;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an inventory looks like in its ConfigMap, and what is made of a damaged one. */
class InventoryTextTest {

    private static final Held WEB = new Held(Ref.namespace("web"), Level.NAMESPACE, "desired", "digest", "uid");

    @Property(tries = 200)
    void whatIsWrittenIsRead(@ForAll("inventories") Inventory inventory) {
        assertThat(InventoryText.read(InventoryText.write(inventory), "", "x")).isEqualTo(inventory);
    }

    @Test
    void aLineIsAnObject() {
        assertThat(InventoryText.write(new Inventory(Map.of(WEB.ref(), WEB))))
                .isEqualTo("{\"kind\":\"NAMESPACE\",\"namespace\":\"\",\"name\":\"web\",\"level\":\"NAMESPACE\","
                        + "\"desired\":\"desired\",\"digest\":\"digest\",\"uid\":\"uid\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "not json",
                "[1]",
                "{\"kind\":\"POD\",\"namespace\":\"\",\"name\":\"a\",\"level\":\"DENY\",\"desired\":\"\",\"digest\":\"\",\"uid\":\"\"}",
                "{\"kind\":\"SECRET\",\"namespace\":\"web\",\"name\":\"a\",\"level\":\"FOUNDATION\"}"
            })
    void aDamagedLineIsLeftOutAndTheOthersAreNot(String damaged) {
        var inventory = new Inventory(Map.of(WEB.ref(), WEB));

        assertThat(InventoryText.read(damaged + "\n" + InventoryText.write(inventory), "", "x"))
                .isEqualTo(inventory);
    }

    @Provide
    Arbitrary<Inventory> inventories() {
        var text = Arbitraries.strings().withChars("ab-\"\\\n{}\u00e9").ofMaxLength(5);
        return Combinators.combine(
                        Combinators.combine(Arbitraries.of(Kind.class), text, text)
                                .as(Ref::new),
                        Arbitraries.of(Level.class),
                        text,
                        text,
                        text)
                .as(Held::new)
                .list()
                .ofMaxSize(6)
                .map(all -> new Inventory(Stream.of(all)
                        .flatMap(it -> it.stream())
                        .collect(Collectors.toMap(Held::ref, Function.identity(), (one, _) -> one))));
    }
}
