package dev.bulkhead.cli.manifest;

/** A text that can't be read any further. */
final class FaultyText extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Fault fault;

    FaultyText(Place place, String message) {
        super(message, null, false, false);
        this.fault = new Fault(place, message);
    }

    Fault fault() {
        return fault;
    }
}
