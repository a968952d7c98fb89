package dev.bulkhead.environment.pillar;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {

    /** What the API server answered for each. */
    @ParameterizedTest
    @CsvSource({
        "1000m,  1",
        "0.5,    500m",
        "1500m,  1500m",
        "1000,   1k",
        "1024Mi, 1Gi",
        "0.5Gi,  512Mi",
        "1.5Gi,  1536Mi",
        "0.5Ki,  512",
        "1023,   1023",
        "1e3,    1e3",
        "12e5,   1200e3",
        "100,    100",
        "0,      0",
        "0Gi,    0",
        "1E,     1E",
        "0.3Ki,  307200m",
    })
    void aQuantityIsWrittenAsTheApiServerWritesIt(String written, String canonical) {
        assertThat(Quantities.canonical(Quantity.parse(written))).hasToString(canonical);
    }

    @Property
    void aCanonicalQuantityMeansTheSameAndStaysAsItIs(@ForAll("quantities") String written) {
        var quantity = Quantity.parse(written);

        var canonical = Quantities.canonical(quantity);

        assertThat(canonical.getNumericalAmount()).isEqualByComparingTo(quantity.getNumericalAmount());
        assertThat(Quantities.canonical(canonical)).hasToString(canonical.toString());
        assertThat(new BigDecimal(canonical.getAmount()).stripTrailingZeros().scale())
                .isLessThanOrEqualTo(0);
    }

    @Provide
    Arbitrary<String> quantities() {
        var suffixes = Arbitraries.of("m", "", "k", "M", "G", "Ki", "Mi", "Gi", "Ti", "e3");
        return Arbitraries.integers().between(0, 1_000_000).flatMap(number -> suffixes.map(suffix -> number + suffix));
    }
}
