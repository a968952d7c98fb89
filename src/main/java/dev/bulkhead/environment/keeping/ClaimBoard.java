package dev.bulkhead.environment.keeping;

import dev.bulkhead.apply.EnvironmentId;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where environments that share an entry tell each other how far they are. Each one's pass writes what it knows of itself,
 * and wakes those whom that concerns, if it is another thing than before.
 *
 * <p>Nothing of it is stored: after a restart nothing is known of anybody, and whoever needs to know waits.
 */
public final class ClaimBoard {

    private final Consumer<EnvironmentId> wake;
    private final Map<EnvironmentId, Map<Claimed, Uptake>> uptakes = new ConcurrentHashMap<>();
    private final Map<EnvironmentId, Map<Claimed, Offer>> offers = new ConcurrentHashMap<>();

    /** Claimant → the owners that wait until it is through. */
    private final Map<EnvironmentId, Set<EnvironmentId>> looking = new ConcurrentHashMap<>();

    /**
     * What an owner gives to one who claims it.
     *
     * @param pointers entries of the owner → where each is in its journal
     * @param generation of the SecretScope that grants it
     */
    public record Offer(Map<String, Long> pointers, long generation) {}

    /** @param wake has an environment looked at again */
    public ClaimBoard(Consumer<EnvironmentId> wake) {
        this.wake = wake;
    }

    /**
     * Before a claimant reads what its owners have. Until it says what it made of that, nobody may take it that it uses
     * nothing: then an owner is at most one step further than what was read, and one step is always safe.
     */
    public void looks(EnvironmentId claimant) {
        looking.putIfAbsent(claimant, Set.of());
    }

    /** A claimant wrote nothing this time: it has what it had. */
    public void rests(EnvironmentId claimant) {
        Objects.requireNonNullElse(looking.remove(claimant), Set.<EnvironmentId>of())
                .forEach(wake);
    }

    /** What a claimant has of all that it claims, after a pass. */
    public void takesUp(EnvironmentId claimant, Map<Claimed, Uptake> now) {
        var before = Objects.requireNonNullElse(
                now.isEmpty() ? uptakes.remove(claimant) : uptakes.put(claimant, Map.copyOf(now)),
                Map.<Claimed, Uptake>of());
        rests(claimant);
        changed(before, now).stream().map(Claimed::owner).distinct().forEach(wake);
    }

    /** What an owner offers to all who claim something of it, after a pass. */
    public void offers(EnvironmentId owner, Map<Claimed, Offer> now) {
        var before = Objects.requireNonNullElse(
                now.isEmpty() ? offers.remove(owner) : offers.put(owner, Map.copyOf(now)), Map.<Claimed, Offer>of());
        changed(before, now).stream()
                .filter(claimed -> !hasTakenUp(claimed, now.get(claimed)))
                .map(Claimed::claimant)
                .distinct()
                .forEach(wake);
    }

    private boolean hasTakenUp(Claimed claimed, @Nullable Offer offer) {
        return offer != null
                && find(claimed)
                        .filter(it -> it.inForce().equals(offer.pointers()))
                        .isPresent();
    }

    private static <T> Set<Claimed> changed(Map<Claimed, T> before, Map<Claimed, T> now) {
        var changed = new HashSet<>(before.keySet());
        changed.addAll(now.keySet());
        changed.removeIf(it -> Objects.equals(before.get(it), now.get(it)));
        return changed;
    }

    /** What a claimant has; empty when that isn't known. */
    public Optional<Uptake> find(Claimed claimed) {
        return Optional.ofNullable(
                uptakes.getOrDefault(claimed.claimant(), Map.of()).get(claimed));
    }

    /**
     * Whether a claimant has read what its owners have, and hasn't said yet what it made of it: then the owner is woken
     * when it has.
     */
    boolean hasToWait(Claimed claimed) {
        return looking.computeIfPresent(claimed.claimant(), (_, waiting) -> {
                    var more = new HashSet<>(waiting);
                    more.add(claimed.owner());
                    return Set.copyOf(more);
                })
                != null;
    }

    /** An environment shares nothing, or is gone. */
    public void forget(EnvironmentId environment) {
        offers(environment, Map.of());
        takesUp(environment, Map.of());
    }
}
