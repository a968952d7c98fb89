package dev.bulkhead.network.reach;

import inet.ipaddr.IPAddressSeqRange;
import java.util.List;

/** Addresses that are no pod's, all of which every policy treats alike. */
public record Outside(String id, boolean onNode, List<IPAddressSeqRange> addresses) implements Party {

    public Outside {
        addresses = List.copyOf(addresses);
    }

    @Override
    public String toString() {
        return id;
    }
}
