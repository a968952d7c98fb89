package dev.bulkhead.network.reach;

import dev.bulkhead.network.LabelSelection;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Everybody who plays a part, each once for every region of addresses that they may be in. Sets of them are bits, so
 * that what policies select is worked out once and not again for every pair.
 */
final class Cast {

    /**
     * Somebody at an address of one region.
     *
     * @param number of the party
     */
    record Role(int number, Party party, int region) {}

    private record Pods(LabelSelector namespaces, LabelSelector pods) {}

    private final World world;
    private final AddressSpace space;
    private final List<Party> parties;
    private final List<Role> roles;
    private final Map<Pods, BitSet> selected = new HashMap<>();
    private final Map<Network, BitSet> addressed = new HashMap<>();

    Cast(World world, AddressSpace space) {
        this.world = world;
        this.space = space;
        this.parties = Stream.<Collection<? extends Party>>of(world.endpoints(), space.outsides())
                .<Party>flatMap(Collection::stream)
                .toList();
        this.roles = IntStream.range(0, parties.size())
                .boxed()
                .flatMap(number -> roles(number, parties.get(number)))
                .toList();
    }

    private Stream<Role> roles(int number, Party party) {
        return space.of(party).stream().mapToObj(region -> new Role(number, party, region));
    }

    List<Role> roles() {
        return roles;
    }

    List<Party> parties() {
        return parties;
    }

    /** Pods of all namespaces that one selector takes, by another. Pods on a node's own network are none. */
    BitSet pods(LabelSelector namespaces, LabelSelector pods) {
        return selected.computeIfAbsent(
                new Pods(namespaces, pods),
                it -> pods(labels -> LabelSelection.matches(it.namespaces, labels), it.pods));
    }

    private BitSet pods(Predicate<Map<String, String>> namespaces, LabelSelector pods) {
        var taken = new HashMap<String, Boolean>();
        return where(role -> role.party instanceof Endpoint endpoint
                && !endpoint.hostNetwork()
                && taken.computeIfAbsent(endpoint.namespace(), name -> namespaces.test(world.labelsOf(name)))
                && LabelSelection.matches(pods, endpoint.labels()));
    }

    /** Whoever may have an address in a network. */
    BitSet at(Network network) {
        return addressed.computeIfAbsent(network, it -> {
            var regions = space.of(it);
            return where(role -> regions.get(role.region));
        });
    }

    private BitSet where(Predicate<Role> wanted) {
        var found = new BitSet(roles.size());
        for (var index = 0; index < roles.size(); index++) {
            if (wanted.test(roles.get(index))) {
                found.set(index);
            }
        }
        return found;
    }
}
