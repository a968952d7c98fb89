package dev.bulkhead.secrets.report;

import dev.bulkhead.secrets.report.RotationNews.Event;
import dev.bulkhead.secrets.report.RotationNews.News;
import dev.bulkhead.status.EventRecorder.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** What the Events of one SecretScope say after one look: what happened to many of its entries is said once. */
public record Announcement(Type type, Event event, String message) {

    private static final int NAMED = 10;

    /** In the order in which they happened. */
    public static List<Announcement> of(List<News> news) {
        return news.stream()
                .collect(Collectors.groupingBy(
                        it -> new Announcement(it.type(), it.event(), ""), LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(it -> new Announcement(it.getKey().type(), it.getKey().event(), message(it.getValue())))
                .toList();
    }

    private static String message(List<News> same) {
        var first = same.getFirst();
        return same.size() == 1
                ? "entry %s: %s".formatted(first.entry(), first.message())
                : "%d entries %s: %s".formatted(same.size(), first.event().ofMany(), named(same));
    }

    private static String named(List<News> same) {
        var names = same.stream().limit(NAMED).map(News::entry).collect(Collectors.joining(", "));
        return same.size() > NAMED ? "%s and %d more".formatted(names, same.size() - NAMED) : names;
    }
}
