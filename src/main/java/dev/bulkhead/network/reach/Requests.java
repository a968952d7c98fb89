package dev.bulkhead.network.reach;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;

/**
 * A set of HTTP requests, told by method and path: a tree of path segments, in the one form in which nothing is said
 * that the node above says already. So two sets are equal exactly when they hold the same requests.
 */
public record Requests(Node root) {

    public static final Requests NONE = new Requests(Node.leaf(Methods.NONE));
    public static final Requests ALL = new Requests(Node.leaf(Methods.ALL));

    /**
     * @param here the methods of the path that ends here
     * @param below the methods of the paths that go on, where no child says otherwise
     */
    record Node(Methods here, Methods below, SortedMap<String, Node> children) {

        Node {
            children = new TreeMap<>(children);
        }

        static Node leaf(Methods methods) {
            return new Node(methods, methods, new TreeMap<>());
        }

        /** The child, or what it would be if it were written down. */
        Node child(String segment) {
            var child = children.get(segment);
            return child == null ? leaf(below) : child;
        }

        private Node simplest() {
            var kept = new TreeMap<>(children);
            kept.values().removeIf(child -> child.equals(leaf(below)));
            return new Node(here, below, kept);
        }
    }

    /** The requests of one path and no other. An empty method is every method. */
    public static Requests exact(String method, String path) {
        return along(segments(path), new Node(methods(method), Methods.NONE, new TreeMap<>()));
    }

    /** The requests of a path and of all below it, segment by segment: {@code /v1} covers {@code /v1/a}, not {@code /v10}. */
    public static Requests below(String method, String prefix) {
        return along(prefixSegments(prefix), Node.leaf(methods(method)));
    }

    private static Methods methods(String method) {
        return method.isEmpty() ? Methods.ALL : Methods.only(method);
    }

    private static Requests along(List<String> segments, Node end) {
        var node = end;
        for (var segment : segments.reversed()) {
            node = new Node(Methods.NONE, Methods.NONE, new TreeMap<>(Map.of(segment, node)));
        }
        return of(node);
    }

    /** A set from its tree, brought into its one form. No path ends at the root. */
    static Requests of(Node root) {
        return new Requests(
                combined(new Node(root.below, root.below, root.children), Node.leaf(Methods.NONE), (one, _) -> one));
    }

    static List<String> segments(String path) {
        return Arrays.asList(path.substring(path.startsWith("/") ? 1 : 0).split("/", -1));
    }

    static List<String> prefixSegments(String prefix) {
        var trimmed = prefix.replaceAll("/+$", "");
        return trimmed.isEmpty() ? List.of() : segments(trimmed);
    }

    public Requests or(Requests other) {
        return combined(other, Methods::or);
    }

    public Requests and(Requests other) {
        return combined(other, Methods::and);
    }

    public Requests without(Requests other) {
        return combined(other, (one, two) -> one.and(two.complement()));
    }

    private Requests combined(Requests other, BinaryOperator<Methods> operation) {
        return new Requests(combined(root, other.root, operation));
    }

    private static Node combined(Node one, Node two, BinaryOperator<Methods> operation) {
        var segments = new TreeSet<>(one.children.keySet());
        segments.addAll(two.children.keySet());
        var children = new TreeMap<String, Node>();
        segments.forEach(segment -> children.put(segment, combined(one.child(segment), two.child(segment), operation)));
        return new Node(operation.apply(one.here, two.here), operation.apply(one.below, two.below), children)
                .simplest();
    }

    public boolean isEmpty() {
        return equals(NONE);
    }

    public boolean isAll() {
        return equals(ALL);
    }

    public boolean contains(String method, String path) {
        var node = root;
        for (var segment : segments(path)) {
            node = node.child(segment);
        }
        return node.here.contains(method);
    }

    /**
     * The set in words, such as {@code GET /v1/*}, which means the path and all below it. A line that starts with «not»
     * takes away from the lines before it.
     */
    public List<String> inWords() {
        var words = new ArrayList<String>();
        say(root, Methods.NONE, "", words);
        return List.copyOf(words);
    }

    private static void say(Node node, Methods above, String path, List<String> words) {
        say(node.below, above, path + "/*", words);
        if (!path.isEmpty()) {
            say(node.here, node.below, path, words);
        }
        node.children.forEach((segment, child) -> say(child, node.below, path + "/" + segment, words));
    }

    private static void say(Methods methods, Methods above, String path, List<String> words) {
        var more = methods.and(above.complement());
        var less = above.and(methods.complement());
        if (!more.isEmpty()) {
            words.add(more + " " + path);
        }
        if (!less.isEmpty()) {
            words.add("not " + less + " " + path);
        }
    }

    @Override
    public String toString() {
        return String.join("; ", inWords());
    }
}
