package dev.bulkhead.network.reach;

import inet.ipaddr.IPAddress;
import java.util.List;
import java.util.stream.Stream;

/** The addresses that one rule, or one authentication, means: those of any of its blocks. */
record Network(List<Block> blocks) {

    Network {
        blocks = List.copyOf(blocks);
    }

    static Network of(List<String> cidrs) {
        return new Network(Block.of(cidrs));
    }

    boolean contains(IPAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    Stream<IPAddress> edges() {
        return blocks.stream().flatMap(Block::edges);
    }
}
