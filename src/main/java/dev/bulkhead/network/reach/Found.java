package dev.bulkhead.network.reach;

import dev.bulkhead.network.reach.Verdict.Refusal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What was found out about one call, over all addresses that its ends may have. */
final class Found {

    private final PortSet port;
    private final Set<Refusal> refusals = EnumSet.noneOf(Refusal.class);
    private Access access = Access.NONE;
    private PortSet wire = PortSet.NONE;

    Found(PortSet port) {
        this.port = port;
    }

    void add(PortSet carried, PortSet out, PortSet in, List<Flow> flows) {
        var through = flows.stream()
                .filter(flow -> flow.ports().meets(port))
                .map(Flow::access)
                .reduce(Access.NONE, Access::or);
        access = access.or(through);
        wire = wire.or(carried);
        if (out.isEmpty()) {
            refusals.add(Refusal.CALLER_POLICY);
        }
        if (in.isEmpty()) {
            refusals.add(Refusal.CALLEE_POLICY);
        }
        if (out.meets(in) && !through.equals(Access.ALL)) {
            refusals.add(Refusal.MESH);
        }
    }

    Verdict verdict() {
        return new Verdict(access, wire, access.equals(Access.ALL) ? Set.of() : Set.copyOf(refusals));
    }
}
