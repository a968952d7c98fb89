package dev.bulkhead.cli.manifest;

/** What is wrong with a text, before anybody asks what it means. */
public record Fault(Place place, String message) {

    @Override
    public String toString() {
        return place + ": " + message;
    }
}
