package dev.bulkhead.environment.reach;

import dev.bulkhead.network.reach.Edge;
import dev.bulkhead.network.reach.Endpoint;
import dev.bulkhead.network.reach.Outside;
import dev.bulkhead.network.reach.Party;
import dev.bulkhead.network.reach.World;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of the objects that aren't ours opens an edge, or closes it: one that makes the difference alone, else one without
 * which there is none.
 */
record Culprits(World before, List<HasMetadata> foreign) {

    /** How many of them are tried. */
    private static final int MOST = 50;

    /** Who does it, and what: {@code NetworkPolicy web/mine opens internet -> web/api: http}. */
    String say(Edge edge, String does) {
        var all = of(edge);
        return "%s %s %s".formatted(String.join(" and ", all), all.size() == 1 ? does + "s" : does, edge);
    }

    private List<String> of(Edge edge) {
        var near =
                Stream.of(edge.from(), edge.to()).flatMap(Culprits::namespace).collect(Collectors.toSet());
        var suspects = foreign.stream()
                .filter(object -> near.contains(object.getMetadata().getNamespace()))
                .limit(MOST)
                .toList();
        var scene = scene(edge, near);
        var without = isOpen(scene, edge);
        var alone = named(suspects, object -> isOpen(Worlds.with(scene, List.of(object)), edge) != without);
        if (!alone.isEmpty()) {
            return alone;
        }
        var with = isOpen(Worlds.with(scene, suspects), edge);
        var needed = named(suspects, object -> isOpen(Worlds.with(scene, but(suspects, object)), edge) != with);
        return needed.isEmpty() ? List.of("Something in " + String.join(", ", near)) : needed;
    }

    private static List<String> named(List<HasMetadata> suspects, Predicate<HasMetadata> isIt) {
        return suspects.stream()
                .filter(isIt)
                .map(object -> "%s %s/%s"
                        .formatted(
                                object.getKind(),
                                object.getMetadata().getNamespace(),
                                object.getMetadata().getName()))
                .sorted()
                .toList();
    }

    private static List<HasMetadata> but(List<HasMetadata> all, HasMetadata one) {
        var others = new ArrayList<>(all);
        others.remove(one);
        return others;
    }

    /** The two ends, and what is in their namespaces. */
    private World scene(Edge edge, Set<String> near) {
        return new World(
                Stream.of(edge.from(), edge.to())
                        .distinct()
                        .filter(Endpoint.class::isInstance)
                        .map(Endpoint.class::cast)
                        .toList(),
                before.policies().stream()
                        .filter(policy -> near.contains(policy.getMetadata().getNamespace()))
                        .toList(),
                before.mesh(),
                before.namespaceLabels(),
                before.facts());
    }

    private static Stream<String> namespace(Party party) {
        return switch (party) {
            case Endpoint endpoint -> Stream.of(endpoint.namespace());
            case Outside _ -> Stream.empty();
        };
    }

    private static boolean isOpen(World world, Edge edge) {
        return world.matrix().edges().stream()
                .anyMatch(open -> isSame(open.from(), edge.from())
                        && isSame(open.to(), edge.to())
                        && !open.ports().and(edge.ports()).isEmpty());
    }

    /** What is outside is parted in another way when there are other policies. */
    private static boolean isSame(Party one, Party other) {
        return switch (one) {
            case Endpoint _ -> one.equals(other);
            case Outside here ->
                other instanceof Outside there
                        && here.onNode() == there.onNode()
                        && (here.addresses().isEmpty() && there.addresses().isEmpty()
                                || here.addresses().stream().anyMatch(range -> there.addresses().stream()
                                        .anyMatch(range::overlaps)));
        };
    }
}
