package dev.bulkhead.apply;

import dev.bulkhead.apply.Applied.Changed;
import dev.bulkhead.apply.Applied.Created;
import dev.bulkhead.apply.Applied.Refused;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Where we may write since a moment ago. An API server hears of a new RoleBinding, or of a namespace's new labels, some
 * milliseconds after it has stored them; until then it refuses what they allow.
 */
final class FreshAccess {

    private static final List<Duration> PAUSES =
            Stream.of(10, 20, 40, 80, 160, 320, 640).map(Duration::ofMillis).toList();

    private final Set<String> bound = new HashSet<>();
    private final Set<String> taken = new HashSet<>();

    /** Takes note of what was written, between two levels. */
    void note(Applied applied) {
        var home = applied.ref().home();
        switch (applied) {
            case Created created when created.held().level() == Level.ACCESS -> bound.add(home);
            case Changed changed when changed.held().level() == Level.ACCESS -> bound.add(home);
            case Changed changed when changed.ref().kind() == Kind.NAMESPACE -> taken.add(home);
            default -> {}
        }
    }

    /** Asks again for a second or so, where a refusal may only be late news. */
    Applied ask(Ref ref, Supplier<Applied> write) {
        var applied = write.get();
        if (!taken.contains(ref.home()) && !(ref.kind() == Kind.SECRET && bound.contains(ref.home()))) {
            return applied;
        }
        for (var pause : PAUSES) {
            if (!(applied instanceof Refused)) {
                return applied;
            }
            LockSupport.parkNanos(pause.toNanos());
            applied = write.get();
        }
        return applied;
    }
}
