package dev.bulkhead.apply;

import static dev.bulkhead.apply.Objects.OF_STAGING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.Inventory.Held;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an environment has, as we last left it. */
class InventoryTest {

    private static final Entry FILE = OF_STAGING.file("web", "api", "one");
    private static final Held APPLIED = new Held(FILE.ref(), FILE.level(), "desired", "digest", "uid");

    @Test
    void whatIsAnnouncedIsNamedAndNothingMore() {
        var announced = Inventory.EMPTY.announce(Stream.of(FILE));

        assertThat(announced.find(FILE.ref())).contains(new Held(FILE.ref(), Level.FOUNDATION, "", "", ""));
    }

    @Test
    void anAnnouncementForgetsNothing() {
        var applied = Inventory.EMPTY.with(Stream.of(APPLIED), Set.of());

        assertThat(applied.announce(Stream.of(FILE))).isEqualTo(applied);
    }

    @Test
    void whatIsGoneIsNotNamedAnyMore() {
        var applied = Inventory.EMPTY.with(Stream.of(APPLIED), Set.of());

        assertThat(applied.with(Stream.empty(), Set.of(FILE.ref()))).isEqualTo(Inventory.EMPTY);
    }
}
