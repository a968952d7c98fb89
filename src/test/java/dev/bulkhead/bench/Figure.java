package dev.bulkhead.bench;

import java.util.Locale;

/**
 * One measured number.
 *
 * @param aim what it should be, in words; empty when it is there to be read beside another
 */
record Figure(String measurement, String what, double value, String unit, String aim) {

    static Figure of(String measurement, String what, double value, String unit) {
        return new Figure(measurement, what, value, unit, "");
    }

    Figure aimingAt(String goal) {
        return new Figure(measurement, what, value, unit, goal);
    }

    String shown() {
        var digits = value == Math.rint(value) || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f %s", value, unit).strip();
    }
}
