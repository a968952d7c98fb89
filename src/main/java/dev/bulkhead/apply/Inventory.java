package dev.bulkhead.apply;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an environment has in the target cluster, as we last left it. It is written before anything new is created and
 * after anything is removed, so that there is never an object of ours that it doesn't name.
 *
 * @param adoptions what of it was there before us
 * @param owner UID of the Environment that it was made for; empty when unknown
 */
public record Inventory(Map<Ref, Held> held, Adoptions adoptions, String owner) {

    public static final Inventory EMPTY = new Inventory(Map.of());

    public Inventory(Map<Ref, Held> held) {
        this(held, Adoptions.NONE, "");
    }

    public Inventory {
        held = Collections.unmodifiableMap(new TreeMap<>(held));
    }

    /**
     * One object of ours.
     *
     * @param desired digest of the entry that was applied; empty when it is announced, but wasn't applied yet
     * @param digest over the fields we own, as the API server answered; empty when unknown
     * @param uid of the object; empty when unknown
     */
    public record Held(Ref ref, Level level, String desired, String digest, String uid) {

        static Held announced(Entry entry) {
            return announced(entry, "");
        }

        /** @param uid of what is there and is to become ours; empty when nothing is */
        static Held announced(Entry entry, String uid) {
            return new Held(entry.ref(), entry.level(), "", "", uid);
        }

        /** What carries our labels and our fields, and is in no inventory. */
        static Held found(Observation observation) {
            var level =
                    switch (observation.ref().kind()) {
                        case NAMESPACE -> Level.NAMESPACE;
                        case DEPLOYMENT, STATEFUL_SET, JOB, CRON_JOB, CANARY -> Level.WORKLOAD;
                        case ROLE_BINDING ->
                            Ownership.OPERATOR_ROLE.equals(observation.ref().name()) ? Level.ACCESS : Level.FOUNDATION;
                        // What refuses goes before what it lets through.
                        case SERVER, EGRESS_NETWORK, HTTP_LOCAL_RATE_LIMIT_POLICY -> Level.DENY;
                        case HTTP_ROUTE, TLS_ROUTE, TLS_ROUTE_ALPHA -> Level.ROUTE;
                        case MESH_TLS_AUTHENTICATION, NETWORK_AUTHENTICATION, AUTHORIZATION_POLICY ->
                            Level.AUTHORIZATION;
                        default -> Level.FOUNDATION;
                    };
            return new Held(observation.ref(), level, "", observation.digest(), observation.uid());
        }

        /** Whether it is to be taken over, and wasn't yet. */
        boolean isAdoption() {
            return desired.isEmpty() && !uid.isEmpty();
        }
    }

    public Optional<Held> find(Ref ref) {
        return Optional.ofNullable(held.get(ref));
    }

    /** Whether it was made for another Environment, of the same name: one that was deleted, or that a restore brought back. */
    boolean isAnothers(String uid) {
        return !owner.isEmpty() && !owner.equals(uid);
    }

    boolean names(List<Held> all) {
        return all.stream().allMatch(it -> held.containsKey(it.ref()));
    }

    /** It is an environment's own; while it names nothing it is nobody's. */
    public Inventory ownedBy(String uid) {
        return new Inventory(held, adoptions, held.isEmpty() ? "" : uid);
    }

    public Inventory announce(Stream<Entry> entries) {
        var next = new TreeMap<>(held);
        entries.forEach(entry -> next.putIfAbsent(entry.ref(), Held.announced(entry)));
        return new Inventory(next, adoptions, owner);
    }

    /** Says whose what is there will be, before it carries a label of ours: from then on a crash loses nothing. */
    public Inventory adopt(Stream<Entry> entries, Map<Ref, Adoption> taken) {
        var next = new TreeMap<>(held);
        entries.filter(entry -> taken.containsKey(entry.ref()))
                .forEach(entry -> next.compute(
                        entry.ref(),
                        (ref, before) -> before == null || before.desired().isEmpty()
                                ? Held.announced(entry, taken.get(ref).uid())
                                : before));
        return new Inventory(next, adoptions.with(taken), owner);
    }

    public Inventory with(Stream<Held> applied, Set<Ref> gone) {
        var next = new TreeMap<>(held);
        var written = applied.toList();
        written.forEach(one -> next.put(one.ref(), one));
        next.keySet().removeAll(gone);
        return new Inventory(
                next,
                adoptions
                        .written(written.stream().map(Held::ref).collect(Collectors.toSet()))
                        .without(gone),
                owner);
    }
}
