package dev.bulkhead.cluster;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Which cluster each TargetCluster stands for, by the UID of its {@code kube-system}, and which clusters were replaced and
 * must not be written to any more. A value; kept as the data of a ConfigMap.
 *
 * @param pins the name of a TargetCluster → its cluster
 * @param tombstones the UID of a cluster that was replaced → what is known of it
 */
record PinBook(Map<String, Pin> pins, Map<String, Tombstone> tombstones) {

    static final PinBook EMPTY = new PinBook(Map.of(), Map.of());

    private static final String PIN = "pin.";
    private static final String TOMBSTONE = "tombstone.";

    record Pin(String uid, Instant since) {}

    record Tombstone(String cluster, Instant since) {}

    /** What is to be said of a cluster that calls itself by a UID. */
    sealed interface Judgement {

        record Known() implements Judgement {}

        /** Nobody stood for it before: it has to be pinned before anything is written. */
        record Unpinned() implements Judgement {}

        record Changed(String expected) implements Judgement {}

        record Buried(Tombstone tombstone) implements Judgement {}

        record Taken(String by) implements Judgement {}
    }

    PinBook {
        pins = Map.copyOf(pins);
        tombstones = Map.copyOf(tombstones);
    }

    /** @param exists whether there is a TargetCluster of a name now */
    Judgement judge(String cluster, String uid, Predicate<String> exists) {
        var tombstone = tombstones.get(uid);
        if (tombstone != null) {
            return new Judgement.Buried(tombstone);
        }
        var own = pins.get(cluster);
        if (own != null && !own.uid.equals(uid)) {
            return new Judgement.Changed(own.uid);
        }
        var owner = owner(uid, exists.or(cluster::equals));
        if (owner.isPresent() && !owner.get().equals(cluster)) {
            return new Judgement.Taken(owner.get());
        }
        return own == null ? new Judgement.Unpinned() : new Judgement.Known();
    }

    /** One can only be pinned beside another while that isn't there, so the youngest pin has outlived the others. */
    Optional<String> owner(String uid, Predicate<String> exists) {
        return pins.entrySet().stream()
                .filter(it -> it.getValue().uid.equals(uid) && exists.test(it.getKey()))
                .max(Map.Entry.<String, Pin>comparingByValue(Comparator.comparing(Pin::since))
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
    }

    PinBook pinned(String cluster, String uid, Instant now) {
        var all = new TreeMap<>(pins);
        all.put(cluster, new Pin(uid, youngest(uid, now)));
        return new PinBook(all, tombstones);
    }

    /** Now, or what is later than every other pin, if the clock was set back since. */
    private Instant youngest(String uid, Instant now) {
        return pins.values().stream()
                .filter(it -> it.uid.equals(uid) && !it.since.isBefore(now))
                .map(it -> it.since.plusMillis(1))
                .max(Comparator.naturalOrder())
                .orElse(now);
    }

    /** Another cluster stands in the place of one, on somebody's word. Both at once: a crash must not come in between. */
    PinBook replaced(String cluster, String uid, Instant now) {
        var buried = new TreeMap<>(tombstones);
        var before = pins.get(cluster);
        if (before != null && !before.uid.equals(uid)) {
            buried.put(before.uid, new Tombstone(cluster, now));
        }
        buried.remove(uid);
        return new PinBook(pins, buried).pinned(cluster, uid, now);
    }

    Map<String, String> text() {
        var text = new TreeMap<String, String>();
        pins.forEach((cluster, pin) -> text.put(PIN + cluster, pin.uid + " " + pin.since));
        tombstones.forEach((uid, tombstone) -> text.put(TOMBSTONE + uid, tombstone.cluster + " " + tombstone.since));
        return text;
    }

    static PinBook of(Map<String, String> text) {
        var pins = new TreeMap<String, Pin>();
        var tombstones = new TreeMap<String, Tombstone>();
        text.forEach((key, value) -> {
            if (key.startsWith(PIN)) {
                pins.put(key.substring(PIN.length()), read(key, value, Pin::new));
            } else if (key.startsWith(TOMBSTONE)) {
                tombstones.put(key.substring(TOMBSTONE.length()), read(key, value, Tombstone::new));
            }
        });
        return new PinBook(pins, tombstones);
    }

    private static <T> T read(String key, String value, BiFunction<String, Instant, T> made) {
        var parts = value.split(" ", 2);
        try {
            return made.apply(parts[0], Instant.parse(parts.length == 2 ? parts[1] : ""));
        } catch (DateTimeParseException e) {
            throw new IllegalStateException(
                    "%s in ConfigMap %s is '%s', and not a name and a time. Put back what it was"
                            .formatted(key, Pins.NAME, value),
                    e);
        }
    }
}
