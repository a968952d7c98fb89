package dev.bulkhead.environment.pillar;

import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Health;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Observation;
import dev.bulkhead.apply.Readiness;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.HookRun;
import dev.bulkhead.secrets.rotation.HookState;
import java.util.Optional;
import java.util.stream.Stream;

/** What rotations ask peers for: of each run the values that it is about, and a Job. Both go when the run is over. */
public final class Hooks implements Pillar {

    @Override
    public Stream<Entry> plan(Blueprint blueprint) {
        return blueprint.hooks().stream()
                .map(run -> new HookJob(new Rendering(blueprint, run.workload()), run))
                .flatMap(job -> Stream.of(job.values(), job.job()));
    }

    /** The Job of a run, by which it is known what became of that. */
    public static Ref job(Blueprint blueprint, HookRun run) {
        return new HookJob(new Rendering(blueprint, run.workload()), run).job().ref();
    }

    /** Whether it is what a run has for its time: it goes by itself, and is missed by nobody. */
    public static boolean isOfARun(Ref ref) {
        return HookJob.NAME.matcher(ref.name()).matches() && (ref.kind() == Kind.JOB || ref.kind() == Kind.SECRET);
    }

    /** @param job what is seen of a run's Job */
    public static HookState state(Optional<Observation> job) {
        return job.map(Observation::health).map(Hooks::state).orElseGet(HookState.None::new);
    }

    private static HookState state(Health health) {
        return switch (health.state()) {
            case DONE -> new HookState.Succeeded();
            case READY, PROGRESSING -> new HookState.Running();
            // The container said no by itself. Whoever stops it, or never starts it, says nothing about the values.
            case FAILED ->
                health.message().startsWith(HookJob.SAID_NO + Readiness.BECAUSE)
                        ? new HookState.Rejected(
                                health.message().substring(HookJob.SAID_NO.length() + Readiness.BECAUSE.length()))
                        : new HookState.TimedOut();
            case TERMINATING -> new HookState.None();
        };
    }
}
