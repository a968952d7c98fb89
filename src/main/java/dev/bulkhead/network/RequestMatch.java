package dev.bulkhead.network;

import dev.bulkhead.api.v1alpha1.HttpMatch;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The requests that have a method and a path. A route is for one of these, and a request goes to the most specific route
 * that it matches: the longer path first, then the one with a method.
 *
 * @param method empty: any
 * @param path as it stands in a request; that of a prefix has no slash at its end, so that of everything is empty
 * @param prefix whether what lies below the path is meant, too
 */
public record RequestMatch(String method, String path, boolean prefix) implements Comparable<RequestMatch> {

    public static final RequestMatch ALL = new RequestMatch("", "", true);

    public static RequestMatch of(HttpMatch match) {
        var method = match.method() == null ? "" : match.method().name();
        if (match.path() != null) {
            return exactly(method, match.path());
        }
        return match.pathPrefix() == null
                ? new RequestMatch(method, "", true)
                : new RequestMatch(method, match.pathPrefix().replaceFirst("/$", ""), true);
    }

    public static RequestMatch exactly(String method, String path) {
        return new RequestMatch(method, path, false);
    }

    /** Whether all requests of the other are requests of this. */
    public boolean covers(RequestMatch other) {
        return (method.isEmpty() || method.equals(other.method)) && coversPathOf(other);
    }

    private boolean coversPathOf(RequestMatch other) {
        return prefix
                ? other.path.equals(path) || other.path.startsWith(path + "/")
                : !other.prefix && other.path.equals(path);
    }

    /** The requests of both. */
    private Optional<RequestMatch> and(RequestMatch other) {
        if (!method.isEmpty() && !other.method.isEmpty() && !method.equals(other.method)) {
            return Optional.empty();
        }
        var both = method.isEmpty() ? other.method : method;
        if (coversPathOf(other)) {
            return Optional.of(new RequestMatch(both, other.path, other.prefix));
        }
        return other.coversPathOf(this) ? Optional.of(new RequestMatch(both, path, prefix)) : Optional.empty();
    }

    /**
     * These, and what any of them have in common. With a route for each, the most specific route of a request lies within
     * every one of these that the request matches; so who is let in by one of these is let in by that route.
     */
    public static Set<RequestMatch> closure(Collection<RequestMatch> matches) {
        var closed = new TreeSet<RequestMatch>();
        for (var match : matches) {
            var common = closed.stream().flatMap(it -> it.and(match).stream()).toList();
            closed.add(match);
            closed.addAll(common);
        }
        return closed;
    }

    /** As a route writes it. */
    public String value() {
        return path.isEmpty() ? "/" : path;
    }

    @Override
    public int compareTo(RequestMatch other) {
        return toString().compareTo(other.toString());
    }

    /** As people write it: {@code GET /v1/…}. */
    @Override
    public String toString() {
        return (method.isEmpty() ? "any " : method + " ") + path + (prefix ? "/…" : "");
    }
}
