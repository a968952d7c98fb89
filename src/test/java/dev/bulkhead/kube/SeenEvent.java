package dev.bulkhead.kube;

/** An Event about an object. */
public record SeenEvent(String type, String reason, String message, String kind, String name, int count) {

    @Override
    public String toString() {
        return "%s %s/%s %s: %s%s".formatted(type, kind, name, reason, message, count > 1 ? " (x" + count + ")" : "");
    }
}
