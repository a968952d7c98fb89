package dev.bulkhead.network.reach;

import dev.bulkhead.network.reach.Requests.Node;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * HTTP routes of one Server. A request belongs to the route whose match fits best, and is judged there and nowhere else.
 *
 * <p>Headers, queries and host names are the caller's to choose, so a path counts as open when some choice opens it.
 * Regular expressions aren't looked into: one that is authorized counts as fitting every path, another as fitting none.
 *
 * @param routes the oldest first, which wins among equals
 */
record Routing(List<Route> routes) {

    /** A path segment that no route names. */
    private static final String ANY_OTHER = "\0";

    static final Routing NONE = new Routing(List.of());

    record Route(List<String> hosts, List<Match> matches, List<Grant> grants) {}

    enum Paths {
        EXACT,
        PREFIX,
        PATTERN
    }

    /**
     * @param method empty: every one
     * @param headers what it wants of headers
     * @param queries what it wants of the query
     */
    record Match(String method, Paths paths, String path, List<String> headers, List<String> queries) {

        static final Match EVERYTHING = new Match("", Paths.PREFIX, "/", List.of(), List.of());

        /** Linkerd's proxy goes by length alone: of «exactly /a» and «/a and below» neither is better. */
        private static final Comparator<Match> BETTER = Comparator.comparingInt(Match::length)
                .thenComparing(match -> !match.method.isEmpty())
                .thenComparingInt(match -> match.headers.size())
                .thenComparingInt(match -> match.queries.size());

        private int length() {
            return switch (paths) {
                case EXACT -> path.length();
                case PREFIX -> Math.max(1, trimmed(path).length());
                case PATTERN -> Integer.MAX_VALUE;
            };
        }

        private List<String> segments() {
            return switch (paths) {
                case EXACT -> Requests.segments(path);
                case PREFIX -> Requests.prefixSegments(path);
                case PATTERN -> List.of();
            };
        }

        private boolean fits(String method, String path) {
            return (this.method.isEmpty() || this.method.equals(method)) && fits(path);
        }

        private boolean fits(String path) {
            return switch (paths) {
                case EXACT -> this.path.equals(path);
                case PREFIX -> (trimmed(path) + "/").startsWith(trimmed(this.path) + "/");
                case PATTERN -> true;
            };
        }

        private boolean wantsNoMoreThan(Match other) {
            return other.headers.containsAll(headers) && other.queries.containsAll(queries);
        }

        private static String trimmed(String path) {
            return path.replaceAll("/+$", "");
        }
    }

    /** A match, with the route that it leads to. */
    private record Way(Match match, Route route, boolean open) {}

    /** The requests that are let through, when some of the routes are open. */
    Requests open(Predicate<Route> open) {
        var ways = routes.stream()
                .flatMap(route -> {
                    var isOpen = open.test(route);
                    return route.matches.stream().map(match -> new Way(match, route, isOpen));
                })
                .filter(way -> way.open || way.match.paths != Paths.PATTERN)
                .toList();
        var paths = ways.stream().map(way -> way.match.segments()).toList();
        return Requests.of(node(ways, "", paths));
    }

    private static Node node(List<Way> ways, String path, Collection<List<String>> below) {
        var children = below.stream()
                .filter(segments -> !segments.isEmpty())
                .collect(Collectors.groupingBy(List::getFirst, TreeMap::new, Collectors.toList()));
        SortedMap<String, Node> nodes = new TreeMap<>();
        children.forEach((segment, paths) -> nodes.put(
                segment,
                node(
                        ways,
                        path + "/" + segment,
                        paths.stream()
                                .map(segments -> segments.subList(1, segments.size()))
                                .toList())));
        return new Node(methods(ways, path), methods(ways, path + "/" + ANY_OTHER), nodes);
    }

    private static Methods methods(List<Way> ways, String path) {
        var names = new TreeSet<String>();
        ways.forEach(way -> names.add(way.match.method));
        names.remove("");
        var others = isOpen(ways, ANY_OTHER, path);
        names.removeIf(name -> isOpen(ways, name, path) == others);
        return new Methods(others, names);
    }

    private static boolean isOpen(List<Way> ways, String method, String path) {
        return ways.stream().filter(way -> way.open).anyMatch(way -> hosts(way)
                .anyMatch(host -> best(ways, method, path, way.match, host)
                                .filter(Way::open)
                                .isPresent()
                        && way.match.fits(method, path)));
    }

    private static Stream<Optional<String>> hosts(Way way) {
        return way.route.hosts.isEmpty()
                ? Stream.of(Optional.empty())
                : way.route.hosts.stream().map(Optional::of);
    }

    /** Where a request goes that brings what one match wants, and nothing beside. */
    private static Optional<Way> best(List<Way> ways, String method, String path, Match brings, Optional<String> host) {
        var fitting = ways.stream()
                .filter(way -> way.match.fits(method, path) && way.match.wantsNoMoreThan(brings))
                .filter(way -> way.route.hosts.isEmpty()
                        || host.filter(way.route.hosts::contains).isPresent())
                .toList();
        var order = Comparator.<Way, Boolean>comparing(way -> !way.route.hosts.isEmpty())
                .thenComparing(Way::match, Match.BETTER);
        // Of equals the first, which is the oldest.
        return fitting.stream().max(order);
    }
}
