package dev.bulkhead.network.reach;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Something that gets through on some ports. */
record Flow(PortSet ports, Access access, Set<Layer> enforcedBy, boolean mutualTls) {

    static final Flow NONE = new Flow(PortSet.NONE, Access.NONE, Set.of(), false);

    Flow {
        enforcedBy = Set.copyOf(enforcedBy);
    }

    boolean isEmpty() {
        return ports.isEmpty() || access.isEmpty();
    }

    Flow on(PortSet some) {
        return new Flow(some, access, enforcedBy, mutualTls);
    }

    /** Two ways to the same ports: what either lets through gets through, and only what both prove is proved. */
    Flow or(Flow other) {
        return new Flow(
                ports,
                access.or(other.access),
                Stream.of(enforcedBy, other.enforcedBy).flatMap(Set::stream).collect(Collectors.toSet()),
                mutualTls && other.mutualTls);
    }

    Edge edge(Party from, Party to, String port) {
        return new Edge(from, to, port, ports, access, enforcedBy, mutualTls);
    }
}
