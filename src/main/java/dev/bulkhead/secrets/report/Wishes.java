package dev.bulkhead.secrets.report;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Wish;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Open Operations → what is asked of each entry. */
public final class Wishes {

    private Wishes() {}

    /**
     * @param open the oldest first
     * @return entry → wishes that it hasn't taken yet, the oldest first
     */
    public static SortedMap<String, List<Wish>> of(List<Operation> open, Map<String, Subject> subjects) {
        var requests = Request.among(open).toList();
        var possible = requests.stream().filter(it -> !it.isRefused(subjects)).toList();
        var wishes = new TreeMap<String, List<Wish>>();
        for (var entry : subjects.keySet()) {
            var of = possible.stream()
                    .filter(it -> it.entries().contains(entry))
                    .filter(it -> it.answer(entry, subjects) instanceof Answer.Later)
                    .map(Request::wish)
                    .limit(room(entry, requests, subjects))
                    .toList();
            if (!of.isEmpty()) {
                wishes.put(entry, of);
            }
        }
        return wishes;
    }

    /** None is asked that would push an open one out of the line's memory: that would be taken for new again. */
    private static long room(String entry, List<Request> requests, Map<String, Subject> subjects) {
        return Line.MEMORY
                - requests.stream()
                        .filter(it -> it.entries().contains(entry) && it.isTaken(entry, subjects))
                        .count();
    }
}
