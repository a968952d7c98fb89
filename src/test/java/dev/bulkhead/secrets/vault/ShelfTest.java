package dev.bulkhead.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.environment.keeping.Shelves;
import dev.bulkhead.secrets.rotation.Phase;
import org.junit.jupiter.api.Test;

class ShelfTest {

    private final Shelf shelf =
            new Shelves().with("ca", Phase.Draining, 2, 1, 0).shelf();

    @Test
    void aCaSignsWithTheVersionInUse() {
        assertThat(shelf.signing("ca")).isEqualTo(2);
        assertThat(shelf.signing("another")).isZero();
    }

    /** Whoever tried to sign with it would try for ever. */
    @Test
    void aCaWhoseKeyIsLostSignsNothing() {
        assertThat(shelf.without("ca", 2).signing("ca")).isZero();
        assertThat(shelf.without("ca", 1).signing("ca")).isEqualTo(2);
    }
}
