package dev.bulkhead.network.reach;

import inet.ipaddr.IPAddressSeqRange;
import java.util.List;

/** Addresses that are no pod's, all of which every policy treats alike. */
public record Outside(String id, boolean onNode, List<IPAddressSeqRange> addresses) implements Party {

    /** What those on nodes are called together. */
    public static final String NODES = "nodes";

    public Outside {
        addresses = List.copyOf(addresses);
    }

    @Override
    public String toString() {
        return id;
    }
}
