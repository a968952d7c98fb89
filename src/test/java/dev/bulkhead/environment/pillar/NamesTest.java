package dev.bulkhead.environment.pillar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NamesTest {

    @Test
    void aShortNameStaysAsItIs() {
        assertThat(Names.dotted("frontend", "to", "api", "http")).isEqualTo("frontend.to.api.http");
    }

    @Test
    void longNamesWithTheSameStartDiffer() {
        var start = "a".repeat(80);

        assertThat(Names.bounded(63, start + "one")).hasSize(63).isNotEqualTo(Names.bounded(63, start + "two"));
    }

    @Property
    void aBoundedNameIsAName(
            @ForAll @StringLength(min = 1, max = 120) @CharRange(from = 'a', to = 'c') @Chars({'-', '.'})
                    String middle) {
        var name = Names.bounded(Names.LABEL, "x" + middle + "x");

        assertThat(name).hasSizeLessThanOrEqualTo(Names.LABEL);
        assertThat(name).matches("x.*[0-9a-fx]");
        if (middle.length() > Names.LABEL) {
            assertThat(name).matches(".*[a-cx]-[0-9a-f]{8}");
        }
    }

    @Test
    void aHashTellsListsApartThatReadTheSame() {
        assertThat(ContentHash.of(List.of("ab", "c"))).isNotEqualTo(ContentHash.of(List.of("a", "bc")));
        assertThat(ContentHash.ofMap(Map.of("a", "bc"))).isNotEqualTo(ContentHash.ofMap(Map.of("ab", "c")));
    }
}
