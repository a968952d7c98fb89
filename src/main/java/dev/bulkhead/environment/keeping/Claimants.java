package dev.bulkhead.environment.keeping;

import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Observed;
import dev.bulkhead.secrets.vault.Shelf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who uses entries of an environment elsewhere, and how far they are with them, as it was when they were asked.
 *
 * @param elsewhere entry → what is known of it in other environments
 */
record Claimants(Map<String, Elsewhere> elsewhere) {

    private static final Elsewhere NOBODY =
            new Elsewhere(Set.of(), Set.of(), Set.of(), Set.of(), Map.of(), Observed.UNKNOWN, 0);

    /**
     * @param missing who doesn't show yet what is to be published
     * @param users workloads that use a value, and of which a pod may have another one
     * @param acceptors workloads that check others by it, and of which a pod may go by something else
     * @param consumers all workloads that do either
     * @param evidence workload → what is known of it, where that isn't with which values its pods were started
     * @param furthest the pointer that somebody shows, if that is ahead of the journal; else {@link Observed#UNKNOWN}
     * @param shown the version that goes with that; else 0
     */
    record Elsewhere(
            Set<String> missing,
            Set<String> users,
            Set<String> acceptors,
            Set<String> consumers,
            Map<String, String> evidence,
            long furthest,
            int shown) {}

    /**
     * Asks each of them once. Whoever is just looking will wake this environment when they are through.
     *
     * @param claims of any of its entries
     */
    static Claimants of(List<Claimed> claims, ClaimBoard board, Entries entries, Shelf shelf) {
        var shares = new HashMap<String, List<Share>>();
        for (var claimed : claims) {
            var granted = entries.kept().get(claimed.entry());
            if (granted != null) {
                Stream.of(granted.name(), granted.anchor()).distinct().forEach(entry -> shares.computeIfAbsent(
                                entry, _ -> new ArrayList<>())
                        .add(Share.of(claimed, granted, entry, pointer(shelf, entry), board)));
            }
        }
        return new Claimants(shares.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, it -> elsewhere(it.getValue()))));
    }

    private static long pointer(Shelf shelf, String entry) {
        return shelf.line(entry).map(Line::pointer).orElse(0L);
    }

    private static Elsewhere elsewhere(List<Share> all) {
        return new Elsewhere(
                all.stream().filter(Share::lags).map(Share::environment).collect(Collectors.toSet()),
                names(all, share -> share.behind(share.users())),
                names(all, share -> share.behind(share.acceptors())),
                names(all, share -> Stream.concat(share.users().stream(), share.acceptors().stream())),
                evidence(all),
                all.stream().mapToLong(Share::ahead).max().orElse(Observed.UNKNOWN),
                all.stream().mapToInt(Share::version).max().orElse(0));
    }

    private static Set<String> names(List<Share> all, Function<Share, Stream<String>> workloads) {
        return all.stream()
                .flatMap(share -> workloads.apply(share).map(share::title))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> evidence(List<Share> all) {
        var told = new HashMap<String, String>();
        all.forEach(share -> share.evidence().forEach((workload, what) -> told.put(share.title(workload), what)));
        return Map.copyOf(told);
    }

    Elsewhere of(String entry) {
        return elsewhere.getOrDefault(entry, NOBODY);
    }

    /**
     * What one claimant has of one entry.
     *
     * @param pointer of the entry in the journal
     * @param lags whether they don't show yet what is to be published
     */
    private record Share(
            Claimed claimed,
            boolean isUsed,
            boolean isAccepted,
            Optional<Uptake> uptake,
            long inForce,
            long pointer,
            boolean lags) {

        static Share of(Claimed claimed, KeptEntry granted, String entry, long pointer, ClaimBoard board) {
            var uptake = board.find(claimed);
            var inForce = uptake.map(it -> it.inForce(entry)).orElse(Observed.UNKNOWN);
            return new Share(
                    claimed,
                    granted.name().equals(entry),
                    granted.anchor().equals(entry),
                    uptake,
                    inForce,
                    pointer,
                    inForce < pointer || inForce == Observed.NOWHERE && isLooking(claimed, board));
        }

        /** Who may be about to use it for the first time has perhaps read of another version. In one pass that can't be. */
        private static boolean isLooking(Claimed claimed, ClaimBoard board) {
            return !claimed.claimant().equals(claimed.owner()) && board.hasToWait(claimed);
        }

        String environment() {
            return "environment " + claimed.claimant().name();
        }

        String title(String workload) {
            return "%s/%s".formatted(claimed.claimant().name(), workload);
        }

        /** What was known when they had something else isn't true of this. */
        Map<String, String> evidence() {
            var told = new HashMap<>(uptake.map(Uptake::evidence).orElse(Map.of()));
            if (lags) {
                told.replaceAll((_, _) -> "its environment doesn't show it yet");
            }
            return told;
        }

        Set<String> users() {
            return isUsed ? uptake.map(Uptake::users).orElse(Set.of()) : Set.of();
        }

        Set<String> acceptors() {
            return isAccepted ? uptake.map(Uptake::acceptors).orElse(Set.of()) : Set.of();
        }

        Stream<String> behind(Set<String> these) {
            var behind = uptake.map(Uptake::behind).orElse(Set.of());
            return these.stream().filter(it -> lags || behind.contains(it));
        }

        long ahead() {
            return Observed.isAhead(inForce, pointer) ? inForce : Observed.UNKNOWN;
        }

        int version() {
            return ahead() == Observed.UNKNOWN ? 0 : uptake.map(Uptake::shown).orElse(0);
        }
    }
}
