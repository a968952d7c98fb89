package dev.bulkhead.it.packets;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The matrix on one side, packets on the other. */
final class Comparison {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Shorter than the second after which TCP asks again, so that an answer is about the moment of the question. */
    private static final Duration AT_ONCE = Duration.ofMillis(500);

    private static final Duration SURELY = Duration.ofSeconds(3);

    private final Prediction prediction;
    private final Dialling dialling;
    private final Set<Flow> flows;
    private final Fence fence;

    /**
     * What was found out after an edit.
     *
     * @param flows how many were dialled
     * @param open how many of them get through
     * @param changed how many do so now and didn't, or the other way round
     * @param enforced the time from the edit to the packets that saw all of that; nothing changed: zero
     * @param mismatches what gets through and shouldn't, and the other way round
     */
    record Round(String edit, int flows, int open, int changed, Duration enforced, List<String> mismatches) {

        @Override
        public String toString() {
            return "%s: %d of %d flows are open, %d changed, %s, mismatches: %s"
                    .formatted(
                            edit,
                            open,
                            flows,
                            changed,
                            changed == 0 ? "nothing to enforce" : "enforced after %d ms".formatted(enforced.toMillis()),
                            mismatches);
        }
    }

    Comparison(KubernetesClient client, Ground ground, Fence fence) {
        this.fence = fence;
        this.prediction = new Prediction(client);
        this.dialling = new Dialling(client);
        this.flows = ground.flows();
    }

    /** Before anything was changed. */
    Round atFirst() {
        var open = prediction.open(flows);
        return new Round("nothing", flows.size(), open.size(), 0, Duration.ZERO, mismatches(open));
    }

    Round after(Edit edit) {
        var before = prediction.open(flows);
        var began = System.nanoTime();
        edit.made().run();
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE)
                .until(edit.inForce()::getAsBoolean);
        var open = prediction.open(flows);
        var changed = differences(before, open);
        var enforced = changed.isEmpty() ? Duration.ZERO : Duration.ofNanos(enforced(changed, open) - began);
        return new Round(edit.says(), flows.size(), open.size(), changed.size(), enforced, mismatches(open));
    }

    /** When the first packets were sent all of which found what they should. */
    private long enforced(Set<Flow> changed, Set<Flow> open) {
        var wanted = intersection(changed, open);
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var sent = System.nanoTime();
            if (dialling.reached(changed, AT_ONCE).equals(wanted) || sent > until) {
                return sent;
            }
        }
    }

    /** What one look finds different may have been a slow answer, so that it is looked at again. */
    private List<String> mismatches(Set<Flow> open) {
        fence.await();
        var wrong = differences(dialling.reached(flows, AT_ONCE), open);
        try {
            Awaitility.await().pollDelay(Duration.ZERO).atMost(PATIENCE).until(() -> differences(
                            dialling.reached(wrong, SURELY), intersection(wrong, open))
                    .isEmpty());
            return List.of();
        } catch (ConditionTimeoutException _) {
            var reached = dialling.reached(wrong, SURELY);
            return differences(reached, intersection(wrong, open)).stream()
                    .map(flow -> (reached.contains(flow) ? "only packets: " : "only the matrix: ") + flow)
                    .toList();
        }
    }

    private static Set<Flow> differences(Collection<Flow> some, Collection<Flow> others) {
        return Stream.concat(
                        some.stream().filter(flow -> !others.contains(flow)),
                        others.stream().filter(flow -> !some.contains(flow)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<Flow> intersection(Collection<Flow> some, Collection<Flow> others) {
        return some.stream().filter(others::contains).collect(Collectors.toSet());
    }

    static String inWords(List<Round> rounds) {
        var times = rounds.stream()
                .filter(round -> round.changed() > 0)
                .map(round -> round.enforced().toMillis())
                .sorted()
                .toList();
        return "%d comparisons; %d edits changed what gets through; %d mismatches; enforced after p50 %d ms, p99 %d ms"
                .formatted(
                        rounds.size(),
                        times.size(),
                        rounds.stream()
                                .mapToInt(round -> round.mismatches().size())
                                .sum(),
                        times.isEmpty() ? 0 : times.get((times.size() - 1) / 2),
                        times.isEmpty() ? 0 : times.getLast());
    }
}
