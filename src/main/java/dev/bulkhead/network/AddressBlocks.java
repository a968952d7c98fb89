package dev.bulkhead.network;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Addresses, as policies write them. */
public final class AddressBlocks {

    private AddressBlocks() {}

    /** The fewest blocks that have these addresses in them, and no others. What is no address is passed over. */
    public static List<String> of(Stream<String> addresses) {
        return addresses
                .flatMap(text -> Optional.ofNullable(new IPAddressString(text).getAddress()).stream())
                .collect(Collectors.groupingBy(IPAddress::getIPVersion, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(same -> Arrays.stream(same.getFirst().mergeToPrefixBlocks(same.toArray(IPAddress[]::new))))
                .map(AddressBlocks::block)
                .toList();
    }

    private static String block(IPAddress address) {
        return address.isPrefixed() ? address.toString() : "%s/%d".formatted(address, address.getBitCount());
    }
}
