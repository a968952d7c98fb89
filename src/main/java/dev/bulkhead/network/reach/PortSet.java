package dev.bulkhead.network.reach;

import dev.bulkhead.api.v1alpha1.Protocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Ports of the three protocols, as spans that neither touch nor overlap, in order. */
public record PortSet(List<Span> spans) {

    public static final int HIGHEST = 65535;

    public static final PortSet NONE = new PortSet(List.of());
    public static final PortSet TCP = range(Protocol.TCP, 1, HIGHEST);
    public static final PortSet ALL = union(Arrays.stream(Protocol.values())
            .map(protocol -> range(protocol, 1, HIGHEST))
            .toList());

    /** From one port to another, both of them included. */
    public record Span(Protocol protocol, int from, int to) {

        private static final Comparator<Span> ORDER = Comparator.comparing(Span::protocol)
                .thenComparingInt(Span::from)
                .thenComparingInt(Span::to);

        private boolean isBefore(Span other) {
            return protocol.compareTo(other.protocol) < 0 || protocol == other.protocol && to < other.from;
        }

        private boolean adjoins(Span other) {
            return protocol == other.protocol && other.from <= to + 1;
        }

        @Override
        public String toString() {
            return from == to ? Integer.toString(from) : from + "-" + to;
        }
    }

    public PortSet {
        spans = List.copyOf(spans);
    }

    public static PortSet of(Protocol protocol, int port) {
        return range(protocol, port, port);
    }

    /** What lies outside the range of ports is cut off; an empty range is no port at all. */
    public static PortSet range(Protocol protocol, int from, int to) {
        var low = Math.max(1, from);
        var high = Math.min(HIGHEST, to);
        return low > high ? new PortSet(List.of()) : new PortSet(List.of(new Span(protocol, low, high)));
    }

    public static PortSet tcp(IntStream ports) {
        return union(ports.mapToObj(port -> of(Protocol.TCP, port)).toList());
    }

    /** TCP ports as Linkerd's annotations list them: {@code 25,4000-4010}. What isn't a port is skipped, as it does. */
    public static PortSet parse(String list) {
        return union(Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(item -> item.matches("\\d{1,5}(-\\d{1,5})?"))
                .map(item -> item.split("-"))
                .map(ends -> range(Protocol.TCP, Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])))
                .toList());
    }

    public static PortSet union(List<PortSet> sets) {
        var all = sets.stream()
                .flatMap(set -> set.spans.stream())
                .sorted(Span.ORDER)
                .toList();
        var merged = new ArrayList<Span>(all.size());
        for (var span : all) {
            if (!merged.isEmpty() && merged.getLast().adjoins(span)) {
                var last = merged.removeLast();
                merged.add(new Span(last.protocol, last.from, Math.max(last.to, span.to)));
            } else {
                merged.add(span);
            }
        }
        return new PortSet(merged);
    }

    public PortSet or(PortSet other) {
        if (isEmpty() || this == other) {
            return other;
        }
        return other.isEmpty() ? this : union(List.of(this, other));
    }

    public PortSet and(PortSet other) {
        if (this == ALL || isEmpty()) {
            return this == ALL ? other : NONE;
        }
        var common = new ArrayList<Span>();
        var mine = 0;
        var theirs = 0;
        while (mine < spans.size() && theirs < other.spans.size()) {
            var one = spans.get(mine);
            var two = other.spans.get(theirs);
            if (one.isBefore(two)) {
                mine++;
            } else if (two.isBefore(one)) {
                theirs++;
            } else {
                common.add(new Span(one.protocol, Math.max(one.from, two.from), Math.min(one.to, two.to)));
                if (one.to < two.to) {
                    mine++;
                } else {
                    theirs++;
                }
            }
        }
        return common.isEmpty() ? NONE : new PortSet(common);
    }

    public PortSet without(PortSet other) {
        return meets(other) ? and(other.complement()) : this;
    }

    private PortSet complement() {
        return union(Arrays.stream(Protocol.values()).flatMap(this::gaps).toList());
    }

    private Stream<PortSet> gaps(Protocol protocol) {
        var gaps = Stream.<PortSet>builder();
        var next = 1;
        for (var span : spans) {
            if (span.protocol == protocol) {
                gaps.add(range(protocol, next, span.from - 1));
                next = span.to + 1;
            }
        }
        return gaps.add(range(protocol, next, HIGHEST)).build();
    }

    public boolean isEmpty() {
        return spans.isEmpty();
    }

    public boolean contains(Protocol protocol, int port) {
        return spans.stream().anyMatch(span -> span.protocol == protocol && span.from <= port && port <= span.to);
    }

    boolean meets(PortSet other) {
        return !and(other).isEmpty();
    }

    IntPredicate tcp() {
        return port -> contains(Protocol.TCP, port);
    }

    @Override
    public String toString() {
        return Arrays.stream(Protocol.values())
                .map(protocol -> spans.stream()
                        .filter(span -> span.protocol == protocol)
                        .map(span -> span.from == 1 && span.to == HIGHEST ? "any" : span.toString())
                        .collect(Collectors.collectingAndThen(
                                Collectors.joining(","), text -> text.isEmpty() ? "" : protocol + " " + text)))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
