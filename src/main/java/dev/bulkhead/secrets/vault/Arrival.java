package dev.bulkhead.secrets.vault;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What another operator has brought of one entry into one namespace. A key that goes is still known: it may come back.
 *
 * @param first data key → keyed hash of the value that came first: who uses it was started with it
 * @param last data key → keyed hash of the value that was seen last
 */
public record Arrival(SortedMap<String, String> first, SortedMap<String, String> last) {

    public static final Arrival NOTHING = new Arrival(Collections.emptySortedMap(), Collections.emptySortedMap());

    public Arrival {
        first = Collections.unmodifiableSortedMap(new TreeMap<>(first));
        last = Collections.unmodifiableSortedMap(new TreeMap<>(last));
    }

    /** The same after a look at it. */
    public Arrival seen(Map<String, String> hashes) {
        var started = new TreeMap<>(hashes);
        started.putAll(first);
        var latest = new TreeMap<>(last);
        latest.putAll(hashes);
        return new Arrival(started, latest);
    }

    /** Data key → keyed hash, of the values that aren't the first. */
    public SortedMap<String, String> replaced() {
        var replaced = new TreeMap<>(last);
        replaced.entrySet().removeIf(key -> key.getValue().equals(first.get(key.getKey())));
        return replaced;
    }
}
