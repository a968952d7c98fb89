package dev.bulkhead.network.reach;

import inet.ipaddr.IPAddressSeqRange;
import java.util.Comparator;
import java.util.List;

/** Who is at one end of an edge. */
public sealed interface Party extends Comparable<Party> permits Endpoint, Outside {

    Comparator<Party> ORDER = Comparator.<Party, Boolean>comparing(party -> party instanceof Outside)
            .thenComparing(Party::id);

    /** What it is called in a matrix and in an intent: {@code shop-staging-web/api}, or {@code internet}. */
    String id();

    /** Whether it sits on a node's own network, where NetworkPolicies don't reach. */
    boolean onNode();

    @Override
    default int compareTo(Party other) {
        return ORDER.compare(this, other);
    }

    /** Where its addresses are. */
    List<IPAddressSeqRange> addresses();
}
