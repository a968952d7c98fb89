package dev.bulkhead.network.reach;

import inet.ipaddr.IPAddress;
import java.util.List;
import java.util.stream.Stream;

/** The addresses that one rule, or one authentication, means: those of its blocks. */
record Network(List<Block> blocks, Reading reading) {

    /** How blocks with exceptions add up. */
    enum Reading {
        /** Those of any block. */
        EACH,
        /** The narrowest block or exception that holds an address decides, and the last of equal ones. */
        NARROWEST_WINS
    }

    Network {
        blocks = List.copyOf(blocks);
    }

    Network(List<Block> blocks) {
        this(blocks, Reading.EACH);
    }

    static Network of(List<String> cidrs) {
        return new Network(Block.of(cidrs));
    }

    boolean contains(IPAddress address) {
        return switch (reading) {
            case EACH -> blocks.stream().anyMatch(block -> block.contains(address));
            case NARROWEST_WINS -> narrowestContains(address);
        };
    }

    private boolean narrowestContains(IPAddress address) {
        var contained = false;
        var narrowest = -1;
        for (var block : blocks) {
            for (var part : block.edges().filter(it -> it.contains(address)).toList()) {
                if (prefix(part) >= narrowest) {
                    narrowest = prefix(part);
                    contained = part.equals(block.cidr());
                }
            }
        }
        return contained;
    }

    private static int prefix(IPAddress block) {
        return block.getNetworkPrefixLength() == null ? block.getBitCount() : block.getNetworkPrefixLength();
    }

    Stream<IPAddress> edges() {
        return blocks.stream().flatMap(Block::edges);
    }
}
