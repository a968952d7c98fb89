package dev.bulkhead.network.reach;

import dev.bulkhead.network.reach.Endpoint.Listening;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** All that gets through between two, no port twice. */
final class Flows {

    private List<Flow> flows = List.of();

    /** They may come from other addresses of the same caller, and overlap with those that are there. */
    void add(List<Flow> more) {
        for (var flow : more) {
            var parted = new ArrayList<Flow>();
            var left = flow.ports();
            for (var known : flows) {
                var common = known.ports().and(left);
                if (common.isEmpty()) {
                    parted.add(known);
                } else {
                    parted.add(known.on(common).or(flow.on(common)));
                    parted.add(known.on(known.ports().without(common)));
                    left = left.without(common);
                }
            }
            parted.add(flow.on(left));
            parted.removeIf(Flow::isEmpty);
            flows = parted;
        }
    }

    /** One edge for each port that a container declares, and one for what is alike among the others. */
    Stream<Edge> edges(Party from, Party to) {
        var declared = to instanceof Endpoint callee ? callee.ports() : List.<Listening>of();
        var names = new LinkedHashMap<PortSet, String>();
        declared.forEach(port -> names.putIfAbsent(port.set(), port.inWords()));
        var byName = names.entrySet().stream().flatMap(port -> flows.stream()
                .filter(flow -> flow.ports().meets(port.getKey()))
                .map(flow -> flow.on(port.getKey()).edge(from, to, port.getValue())));
        var rest = PortSet.ALL.without(PortSet.union(List.copyOf(names.keySet())));
        var others = new LinkedHashMap<Flow, PortSet>();
        flows.stream()
                .map(flow -> flow.on(flow.ports().and(rest)))
                .filter(flow -> !flow.isEmpty())
                .forEach(flow -> others.merge(flow.on(PortSet.NONE), flow.ports(), PortSet::or));
        return Stream.concat(byName, others.entrySet().stream().map(other -> other.getKey()
                .on(other.getValue())
                .edge(from, to, "")));
    }
}
