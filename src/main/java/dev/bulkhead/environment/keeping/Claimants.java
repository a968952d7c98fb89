package dev.bulkhead.environment.keeping;

import dev.bulkhead.secrets.rotation.Observed;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who uses entries of an environment elsewhere, and how far they are with them.
 *
 * @param claims of any of its entries
 */
record Claimants(List<Claimed> claims, ClaimBoard board) {

    /**
     * @param missing who doesn't show yet what is to be published
     * @param users workloads that use a value, and of which a pod may have another one
     * @param acceptors workloads that check others by it, and of which a pod may go by something else
     * @param consumers all workloads that do either
     * @param furthest the pointer that somebody shows, if that is ahead of the journal; else {@link Observed#UNKNOWN}
     * @param shown the version that goes with that; else 0
     */
    record Elsewhere(
            Set<String> missing,
            Set<String> users,
            Set<String> acceptors,
            Set<String> consumers,
            long furthest,
            int shown) {}

    /** @param pointer of the entry in the journal */
    Elsewhere of(KeptEntry entry, Entries entries, long pointer) {
        var all = claims.stream()
                .flatMap(claimed -> share(claimed, entry, entries, pointer).stream())
                .toList();
        return new Elsewhere(
                all.stream().filter(Share::lags).map(Share::environment).collect(Collectors.toSet()),
                names(all, share -> share.behind(share.users())),
                names(all, share -> share.behind(share.acceptors())),
                names(all, share -> Stream.concat(share.users().stream(), share.acceptors().stream())),
                all.stream().mapToLong(Share::ahead).max().orElse(Observed.UNKNOWN),
                all.stream().mapToInt(Share::version).max().orElse(0));
    }

    private static Set<String> names(List<Share> all, Function<Share, Stream<String>> workloads) {
        return all.stream()
                .flatMap(share -> workloads.apply(share).map(it -> "%s/%s"
                        .formatted(share.claimed().claimant().name(), it)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Optional<Share> share(Claimed claimed, KeptEntry entry, Entries entries, long pointer) {
        return Optional.ofNullable(entries.kept().get(claimed.entry()))
                .filter(granted -> granted.name().equals(entry.name()) || isCheckedWith(granted, entry))
                .map(granted -> new Share(
                        claimed,
                        granted.name().equals(entry.name()),
                        isCheckedWith(granted, entry),
                        entry.name(),
                        pointer,
                        board));
    }

    private static boolean isCheckedWith(KeptEntry granted, KeptEntry entry) {
        return granted.anchor().equals(entry.name());
    }

    /** What one claimant has of one entry. */
    private record Share(
            Claimed claimed, boolean isUsed, boolean isAccepted, String entry, long pointer, ClaimBoard board) {

        private Optional<Uptake> uptake() {
            return board.find(claimed);
        }

        private long inForce() {
            return uptake().map(it -> it.inForce(entry)).orElse(Observed.UNKNOWN);
        }

        /** Who may be about to use it for the first time has perhaps read of another version. In one pass that can't be. */
        boolean lags() {
            return inForce() < pointer
                    || inForce() == Observed.NOWHERE
                            && !claimed.claimant().equals(claimed.owner())
                            && board.isLooking(claimed);
        }

        String environment() {
            return "environment " + claimed.claimant().name();
        }

        Set<String> users() {
            return isUsed ? uptake().map(Uptake::users).orElse(Set.of()) : Set.of();
        }

        Set<String> acceptors() {
            return isAccepted ? uptake().map(Uptake::acceptors).orElse(Set.of()) : Set.of();
        }

        Stream<String> behind(Set<String> these) {
            var behind = uptake().map(Uptake::behind).orElse(Set.of());
            return these.stream().filter(it -> lags() || behind.contains(it));
        }

        long ahead() {
            return Observed.isAhead(inForce(), pointer) ? inForce() : Observed.UNKNOWN;
        }

        int version() {
            return ahead() == Observed.UNKNOWN ? 0 : uptake().map(Uptake::shown).orElse(0);
        }
    }
}
