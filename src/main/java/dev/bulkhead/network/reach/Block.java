package dev.bulkhead.network.reach;

import dev.bulkhead.network.EgressLimit;
import inet.ipaddr.IPAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Addresses as policies write them: a block, less its exceptions. */
record Block(IPAddress cidr, List<IPAddress> except) {

    Block {
        except = List.copyOf(except);
    }

    /** What is no block holds no address, neither as a block nor as an exception. */
    static Optional<Block> of(String cidr, List<String> except) {
        return EgressLimit.address(cidr)
                .map(block -> new Block(
                        block,
                        except.stream()
                                .flatMap(hole -> EgressLimit.address(hole).stream())
                                .toList()));
    }

    static List<Block> of(List<String> cidrs) {
        return cidrs.stream().flatMap(cidr -> of(cidr, List.of()).stream()).toList();
    }

    boolean contains(IPAddress address) {
        return cidr.contains(address) && except.stream().noneMatch(hole -> hole.contains(address));
    }

    Stream<IPAddress> edges() {
        return Stream.concat(Stream.of(cidr), except.stream());
    }
}
