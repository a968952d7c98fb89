package dev.bulkhead.environment.pillar;

import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Observation;
import dev.bulkhead.apply.Readiness;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.HookRun;
import dev.bulkhead.secrets.rotation.HookState;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What rotations ask peers for: of each run the values that it is about, and a Job. Both go when the run is over, but for
 * the Job of one that failed: its log says why, and stays until the next try.
 */
public final class Hooks implements Pillar {

    /** As Kubernetes tells that a Job failed because of its container's exit code. */
    private static final Pattern REFUSAL =
            Pattern.compile("Container \\S+ for pod ([^/\\s]+)/(\\S+) failed with (exit code \\d+)\\b.*");

    @Override
    public Stream<Entry> plan(Blueprint blueprint) {
        return blueprint.hooks().stream()
                .filter(run -> !run.over())
                .map(run -> new HookJob(new Rendering(blueprint, run.workload()), run))
                .flatMap(job -> Stream.of(job.values(), job.job()));
    }

    /** The Jobs of runs that failed, and whose next try is waited for. */
    public static Set<Ref> over(Blueprint blueprint) {
        return blueprint.hooks().stream()
                .filter(HookRun::over)
                .map(run -> job(blueprint, run))
                .collect(Collectors.toUnmodifiableSet());
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
        return job.map(Hooks::state).orElseGet(HookState.None::new);
    }

    private static HookState state(Observation job) {
        return switch (job.health().state()) {
            case DONE -> new HookState.Succeeded();
            case READY, PROGRESSING -> new HookState.Running(job.ref().toString());
            case FAILED -> failed(job.ref(), job.health().message());
            case TERMINATING -> new HookState.None();
        };
    }

    /** The container said no by itself. Whoever stops it, or never starts it, says nothing about the values. */
    private static HookState failed(Ref job, String message) {
        var reason = message.split(Readiness.BECAUSE, 2);
        return switch (reason[0]) {
            case HookJob.SAID_NO -> new HookState.Rejected(refusal(reason[reason.length - 1]));
            // Its pods go with it, and their logs.
            case "DeadlineExceeded" -> new HookState.TimedOut("took longer than hooks.timeout, and was stopped");
            case "BackoffLimitExceeded" ->
                new HookState.TimedOut("said not now, or was killed. Its log: kubectl logs -n %s job/%s"
                        .formatted(job.namespace(), job.name()));
            default -> new HookState.TimedOut("came to no end: %s".formatted(message));
        };
    }

    private static String refusal(String message) {
        var told = REFUSAL.matcher(message);
        return told.matches()
                ? "%s. Its log: kubectl logs -n %s %s".formatted(told.group(3), told.group(1), told.group(2))
                : message;
    }
}
