package dev.bulkhead.environment.pillar;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;

/** Quantities as the API server writes them back, so that what we plan and what is there look the same. */
final class Quantities {

    private static final String[] BINARY = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    private static final String[] DECIMAL = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
    private static final int SMALLEST = -9;
    private static final BigInteger KIBI = BigInteger.valueOf(1024);

    private Quantities() {}

    static Map<String, Quantity> canonical(Map<String, Quantity> quantities) {
        var result = new TreeMap<String, Quantity>();
        quantities.forEach((name, quantity) -> result.put(name, canonical(quantity)));
        return result;
    }

    static Quantity canonical(Quantity quantity) {
        var value = quantity.getNumericalAmount();
        var suffix = quantity.getFormat() == null ? "" : quantity.getFormat();
        if (value.signum() == 0) {
            return new Quantity("0");
        }
        if (suffix.endsWith("i") && whole(value) && value.abs().compareTo(new BigDecimal(KIBI)) >= 0) {
            return binary(value.toBigIntegerExact());
        }
        return decimal(value.setScale(-SMALLEST, RoundingMode.UP), suffix);
    }

    private static boolean whole(BigDecimal value) {
        return value.stripTrailingZeros().scale() <= 0;
    }

    private static Quantity binary(BigInteger value) {
        var rest = value;
        var step = 0;
        while (step < BINARY.length - 1 && rest.mod(KIBI).signum() == 0) {
            rest = rest.divide(KIBI);
            step++;
        }
        return new Quantity(rest.toString(), BINARY[step]);
    }

    private static Quantity decimal(BigDecimal value, String suffix) {
        var rest = value.unscaledValue();
        var step = 0;
        var thousand = BigInteger.valueOf(1000);
        while (step < DECIMAL.length - 1 && rest.mod(thousand).signum() == 0) {
            rest = rest.divide(thousand);
            step++;
        }
        var exponent = SMALLEST + 3 * step;
        // "E" alone is the suffix exa; with digits behind it, the user wrote an exponent, and it stays one.
        var written = suffix.length() > 1 && Character.toLowerCase(suffix.charAt(0)) == 'e';
        return new Quantity(rest.toString(), written && exponent != 0 ? "e" + exponent : DECIMAL[step]);
    }
}
