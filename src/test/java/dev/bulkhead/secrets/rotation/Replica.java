package dev.bulkhead.secrets.rotation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An operator, one write at a time, so that it can be stopped before and after each. */
final class Replica {

    /** How it decides: the real thing, or a broken one. */
    interface Mind {
        Decision decide(Terms terms, Optional<Line> line, Observed observed, Instant now);
    }

    private final World world;
    private final Mind mind;
    Duration skew = Duration.ZERO;
    private Optional<Line> line = Optional.empty();
    private Observed seen;
    private int revision;
    private int applied;
    private int acted;
    private Optional<Decision> decided = Optional.empty();

    Replica(World world, Mind mind) {
        this.world = world;
        this.mind = mind;
    }

    void crash() {
        seen = null;
    }

    /** Does one thing. Who isn't the leader gets nothing into the target; into the hub it may, late. */
    void step(boolean leads) {
        if (seen == null) {
            line = world.line;
            revision = world.revision;
            seen = world.observed();
            applied = 0;
            acted = 0;
            decided = Optional.empty();
            return;
        }
        var decision = decided.orElseGet(() -> mind.decide(world.terms, line, seen, world.now.plus(skew)));
        decided = Optional.of(decision);
        if (!Optional.of(decision.line()).equals(line)) {
            if (!world.store(decision.line(), revision)) {
                seen = null;
                return;
            }
            line = Optional.of(decision.line());
            revision = world.revision;
            // The hooks that were observed are those of the line before.
            seen = world.observed();
            decided = Optional.empty();
        } else if (acted < decision.actions().size()) {
            world.act(decision.actions().get(acted++));
        } else if (acted > 0) {
            acted = 0;
            seen = world.observed();
            decided = Optional.empty();
        } else {
            apply(leads);
        }
    }

    private void apply(boolean leads) {
        if (!leads || applied == 3) {
            world.operationsAreReported();
            seen = null;
            return;
        }
        var stored = List.of(line.orElseThrow());
        if (applied < 2) {
            world.apply(stored.getFirst(), applied);
        } else {
            world.applyHooks(stored.getFirst());
        }
        applied++;
    }
}
