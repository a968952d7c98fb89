package dev.bulkhead.environment;

import dev.bulkhead.apply.Applied;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Health;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.apply.Outcome;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.apply.Step;
import dev.bulkhead.environment.Drafting.Draft;
import dev.bulkhead.environment.keeping.Kept;
import dev.bulkhead.environment.reach.Reached;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Looks at one small environment, as they may end. */
final class PassWorld {

    static final Origin API = Origin.workload("api");
    static final Origin WEB = Origin.workload("frontend");

    static final World STAGING = World.of(Texts.SHOP);

    static final Reached SEPARATE = new Reached.Told(1, 0, 0, 0, List.of(), 0, List.of());

    private PassWorld() {}

    static Draft draft(World world) {
        var live = new TreeMap<Origin, Long>(Comparator.comparing(Origin::toString));
        world.blueprint().workloads().forEach(it -> live.put(it.origin(), it.generation()));
        return new Draft(world.blueprint(), "local", live);
    }

    /** Everything is there, except what is said otherwise. */
    static Pass.Live live(Map<Origin, Health> health, Applied... others) {
        return live(health, SEPARATE, Kept.none(STAGING.blueprint().environment()), others);
    }

    static Pass.Live reaching(Reached reached) {
        return live(Map.of(), reached, Kept.none(STAGING.blueprint().environment()));
    }

    static Pass.Live keeping(Kept kept) {
        return live(Map.of(), SEPARATE, kept);
    }

    private static Pass.Live live(Map<Origin, Health> health, Reached reached, Kept kept, Applied... others) {
        var named = Stream.of(others).map(Applied::ref).toList();
        var unchanged = STAGING.plan().byRef().keySet().stream()
                .filter(ref -> !named.contains(ref))
                .map(Applied.Unchanged::new);
        return new Pass.Live(
                STAGING.acceptance(),
                draft(STAGING),
                STAGING.plan(),
                new Outcome(Stream.concat(unchanged, Stream.of(others)).toList()),
                health,
                Map.of(),
                new Fingerprint().of(STAGING.plan()),
                reached,
                List.of(),
                kept);
    }

    static Pass.Live live(Applied... others) {
        return live(Map.of(), others);
    }

    static Pass.Previewed previewed(Step... changes) {
        return new Pass.Previewed(
                STAGING.acceptance(),
                draft(STAGING),
                STAGING.plan(),
                List.of(changes),
                Kept.none(STAGING.blueprint().environment()));
    }

    static Entry planned(String kind, String name) {
        return STAGING.plan().entries().stream()
                .filter(it ->
                        it.ref().kind().kind().equals(kind) && it.ref().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Ref ref(String kind, String name) {
        return planned(kind, name).ref();
    }
}
