package dev.bulkhead.environment.keeping;

import dev.bulkhead.apply.Said;
import dev.bulkhead.cluster.Delivered;
import dev.bulkhead.environment.keeping.Others.Restart;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Restarts what others deliver. Who takes our word off again is met with patience, instead of a loop. */
final class Restarting {

    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final int MOST_DOUBLINGS = 7;

    private final Clock clock;
    private final Map<String, Tried> tried = new ConcurrentHashMap<>();

    private record Tried(String word, int times, Instant next) {

        Tried again(String other, Instant now) {
            var so = other.equals(word) ? times + 1 : 1;
            return new Tried(other, so, now.plus(FIRST.multipliedBy(1L << Math.min(so - 1, MOST_DOUBLINGS))));
        }
    }

    Restarting(Clock clock) {
        this.clock = clock;
    }

    /** @return what there is to tell people */
    List<Notice> restart(List<Restart> due, BiConsumer<Delivered, String> target) {
        var now = clock.instant();
        tried.values().removeIf(it -> it.next.plus(Duration.ofHours(1)).isBefore(now));
        return due.stream().flatMap(it -> restart(it, target, now)).toList();
    }

    private Stream<Notice> restart(Restart restart, BiConsumer<Delivered, String> target, Instant now) {
        var delivered = restart.delivered();
        var before = tried.getOrDefault(delivered.uid(), new Tried(restart.word(), 0, now));
        if (before.word.equals(restart.word()) && now.isBefore(before.next)) {
            return Stream.empty();
        }
        tried.put(delivered.uid(), before.again(restart.word(), now));
        try {
            target.accept(delivered, restart.word());
        } catch (KubernetesClientException e) {
            return Stream.of(new Notice(
                    Notice.RESTART_REFUSED,
                    "%s could not be restarted with its secrets: %s".formatted(delivered.title(), told(e))));
        }
        return before.word.equals(restart.word()) && before.times > 0
                ? Stream.of(new Notice(
                        Notice.RESTART_REFUSED,
                        "%s was restarted with its secrets %d times: somebody takes annotation %s off its pod template again. Have who delivers it leave that alone"
                                .formatted(delivered.title(), before.times + 1, Delivered.WORD)))
                : Stream.empty();
    }

    private static String told(KubernetesClientException e) {
        return Said.by(e).map(it -> it.lines().findFirst().orElse("")).orElse("the API server didn't say why");
    }
}
