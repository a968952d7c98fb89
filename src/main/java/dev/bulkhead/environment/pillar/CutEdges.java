package dev.bulkhead.environment.pillar;

import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Plan;
import dev.bulkhead.apply.Ref;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which policies that go take an edge from workloads that stay. Told by their names, since nothing else is left of them: an
 * edge counts where it comes in, and where it goes out of the environment.
 */
public final class CutEdges {

    private static final String BETWEEN_PARTS = "[.]";
    private static final String IN = "from";

    private final Set<String> workloads;
    private final Set<String> open;

    /**
     * @param workloads who stays; whose pods others deliver may have nothing in the plan
     * @param plan what stays
     */
    public CutEdges(Stream<String> workloads, Plan plan) {
        this.workloads = workloads.collect(Collectors.toSet());
        this.open = plan.entries().stream()
                .map(Entry::ref)
                .filter(ref -> ref.kind() == Kind.NETWORK_POLICY)
                .map(CutEdges::edge)
                .collect(Collectors.toSet());
    }

    public boolean cuts(Ref ref) {
        var parts = ref.name().split(BETWEEN_PARTS);
        if (ref.kind() != Kind.NETWORK_POLICY || parts.length < 2 || !workloads.contains(parts[0])) {
            return false;
        }
        var comesIn = parts[1].startsWith(IN);
        var goesOut = parts[1].startsWith("to-");
        var callerStays = !parts[1].equals(IN) || parts.length < 3 || workloads.contains(parts[2]);
        return (comesIn && callerStays || goesOut) && !open.contains(edge(ref));
    }

    /** Without the resource that asks for it: another may ask for the same. */
    private static String edge(Ref ref) {
        return "%s/%s".formatted(ref.namespace(), ref.name().replaceFirst("[.]%s[.].*".formatted(SetEdges.BY), ""));
    }
}
