package dev.bulkhead.network.reach;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether nothing of one environment reaches anything of another, but for what was agreed.
 *
 * @param breaches what gets through, and nobody agreed; the paths of probes count too
 * @param unused what was agreed, and doesn't get through
 */
public record Separation(List<Edge> breaches, List<Intent> unused) {

    /**
     * @param from the namespaces of one
     * @param to the namespaces of the other
     * @param agreed the exceptions
     */
    public static Separation of(Matrix matrix, Set<String> from, Set<String> to, Collection<Intent> agreed) {
        var between = matrix.between(matrix.in(from), matrix.in(to));
        var compared = between.against(List.copyOf(agreed));
        return new Separation(
                Stream.of(compared.extra(), compared.probes(), compared.nodes())
                        .flatMap(List::stream)
                        .sorted()
                        .toList(),
                compared.missing().stream()
                        .map(Comparison.Gap::intent)
                        .distinct()
                        .toList());
    }

    public boolean holds() {
        return breaches.isEmpty();
    }
}
