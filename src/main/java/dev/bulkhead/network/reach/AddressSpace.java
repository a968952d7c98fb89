package dev.bulkhead.network.reach;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressSeqRange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All addresses, parted into regions within which no policy tells one address from another. So one address of a region
 * speaks for all of it.
 */
final class AddressSpace {

    private static final Network EVERYTHING = Network.of(List.of("0.0.0.0/0", "::/0"));

    private static final Network PRIVATE = Network.of(List.of(
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "fc00::/7",
            "fe80::/10"));

    private static final int NAMED_BLOCKS = 3;

    private enum Place {
        PODS,
        NODES,
        PRIVATE,
        INTERNET;

        private String inWords() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What makes two addresses alike. */
    private record Likeness(Place place, BitSet networks) {}

    /**
     * Addresses that are alike.
     *
     * @param within the narrowest blocks that policies name around them
     */
    private record Region(Place place, List<IPAddressSeqRange> ranges, SortedSet<String> within) {

        private IPAddress someone() {
            return ranges.getFirst().getLower();
        }

        private BigInteger size() {
            return ranges.stream()
                    .filter(range -> range.getLower().isIPv4())
                    .map(IPAddressSeqRange::getCount)
                    .reduce(BigInteger.ZERO, BigInteger::add);
        }
    }

    private final List<Network> networks;
    private final Network pods;
    private final Network nodes;
    private final List<Region> regions;
    private final NavigableMap<IPAddress, Integer> byLowest = new TreeMap<>();

    AddressSpace(Facts facts, Collection<Network> told) {
        this.networks = told.stream().distinct().toList();
        this.pods = Network.of(facts.podNetworks());
        this.nodes = Network.of(facts.nodes());
        var alike = new LinkedHashMap<Likeness, Region>();
        pieces().forEach(piece -> {
            var someone = piece.getLower();
            var region = alike.computeIfAbsent(
                    likeness(someone), like -> new Region(like.place, new ArrayList<>(), new TreeSet<>()));
            region.ranges.add(piece);
            region.within.add(narrowest(region.place, someone));
        });
        this.regions = List.copyOf(alike.values());
        for (var index = 0; index < regions.size(); index++) {
            for (var range : regions.get(index).ranges) {
                byLowest.put(range.getLower(), index);
            }
        }
    }

    /** How many regions there are. */
    int size() {
        return regions.size();
    }

    /** The regions that a network, of those that were told, covers. */
    BitSet of(Network network) {
        return where(region -> network.contains(region.someone()));
    }

    /** The regions that somebody's addresses lie in; of pods and nodes without known ones, all where they may be. */
    BitSet of(Party party) {
        var known = new BitSet();
        party.addresses().stream()
                .map(range -> byLowest.floorEntry(range.getLower().withoutPrefixLength()))
                .forEach(entry -> known.set(entry.getValue()));
        if (!known.isEmpty()) {
            return known;
        }
        var usual = party.onNode() ? Place.NODES : Place.PODS;
        var here = where(region -> region.place == usual);
        return here.isEmpty() ? where(region -> region.place == Place.PRIVATE) : here;
    }

    /** Those who are no pods: one for each region outside the pods' networks, and the nodes. */
    List<Outside> outsides() {
        var largest = regions.stream()
                .collect(Collectors.toMap(
                        Region::place,
                        region -> region,
                        (one, two) -> one.size().compareTo(two.size()) < 0 ? two : one));
        var far = regions.stream()
                .filter(region -> region.place == Place.PRIVATE || region.place == Place.INTERNET)
                .map(region -> new Outside(name(region, largest), false, region.ranges));
        var near = regions.stream()
                .filter(region -> region.place == Place.NODES)
                .flatMap(region -> region.ranges.stream())
                .toList();
        return Stream.concat(far, Stream.of(new Outside(Outside.NODES, true, near)))
                .toList();
    }

    private static String name(Region region, Map<Place, Region> largest) {
        var place = region.place.inWords();
        if (region == largest.get(region.place)) {
            return place;
        }
        var more = region.within.size() - NAMED_BLOCKS;
        var named = region.within.stream()
                .limit(NAMED_BLOCKS)
                .map(block -> block.equals(place) ? "other " + place : block)
                .collect(Collectors.joining(", "));
        return more > 0 ? "%s and %d more".formatted(named, more) : named;
    }

    private BitSet where(Predicate<Region> wanted) {
        IntPredicate at = index -> wanted.test(regions.get(index));
        return IntStream.range(0, regions.size()).filter(at).collect(BitSet::new, BitSet::set, BitSet::or);
    }

    /** Every address once, cut wherever some block begins or ends. */
    private Stream<IPAddressSeqRange> pieces() {
        return Stream.concat(Stream.of(EVERYTHING, PRIVATE, pods, nodes), networks.stream())
                .flatMap(Network::edges)
                .flatMap(block -> Stream.concat(Stream.of(block.getLower()), after(block)))
                .map(IPAddress::withoutPrefixLength)
                .collect(Collectors.groupingBy(IPAddress::isIPv4, Collectors.toCollection(TreeSet::new)))
                .values()
                .stream()
                .flatMap(AddressSpace::between);
    }

    private static Stream<IPAddress> after(IPAddress block) {
        return block.getUpper().isMax()
                ? Stream.empty()
                : Stream.of(block.getUpper().increment(1));
    }

    private static Stream<IPAddressSeqRange> between(TreeSet<IPAddress> starts) {
        return starts.stream().map(start -> {
            var next = starts.higher(start);
            return start.spanWithRange(next == null ? last(start) : next.increment(-1));
        });
    }

    private static IPAddress last(IPAddress address) {
        return EVERYTHING
                .edges()
                .filter(all -> all.contains(address))
                .map(all -> all.getUpper().withoutPrefixLength())
                .findFirst()
                .orElse(address);
    }

    private Likeness likeness(IPAddress address) {
        return new Likeness(
                place(address),
                IntStream.range(0, networks.size())
                        .filter(index -> networks.get(index).contains(address))
                        .collect(BitSet::new, BitSet::set, BitSet::or));
    }

    private Place place(IPAddress address) {
        if (nodes.contains(address)) {
            return Place.NODES;
        }
        if (pods.contains(address)) {
            return Place.PODS;
        }
        return PRIVATE.contains(address) ? Place.PRIVATE : Place.INTERNET;
    }

    private String narrowest(Place place, IPAddress address) {
        return networks.stream()
                .flatMap(Network::edges)
                .filter(block -> block.contains(address) && block.getNetworkPrefixLength() > 0)
                .max(Comparator.comparing(IPAddress::getNetworkPrefixLength))
                .map(IPAddress::toString)
                .orElse(address.isIPv4() ? place.inWords() : place.inWords() + " (IPv6)");
    }
}
