package dev.bulkhead.environment.keeping;

import dev.bulkhead.api.v1alpha1.Hook;
import dev.bulkhead.api.v1alpha1.Hooks;
import dev.bulkhead.api.v1alpha1.Span;
import dev.bulkhead.apply.Entry.Source;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.environment.HookRun;
import dev.bulkhead.secrets.rotation.HookStep;
import dev.bulkhead.secrets.rotation.Line;
import dev.bulkhead.secrets.rotation.Rotation;
import dev.bulkhead.secrets.vault.Shelf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the rotations of an environment ask peers for now, or have asked for in vain. Pure. */
public record HookRuns(String hubId, Shelf shelf, List<WorkloadSlice> workloads) {

    public List<HookRun> of(Entries entries) {
        return of(entries, new Materials(entries, shelf));
    }

    private List<HookRun> of(Entries entries, Materials materials) {
        return entries.all().stream().flatMap(entry -> runs(entry, materials)).toList();
    }

    private Stream<HookRun> runs(KeptEntry entry, Materials materials) {
        var line = shelf.journal().lines().get(entry.name());
        if (line == null) {
            return Stream.empty();
        }
        return line.retryAt() == null
                ? Rotation.hook(entry.terms(hubId, shelf.journal().environment()), line, shelf.of(entry.name()))
                        .flatMap(step -> run(entry, line, step, materials))
                        .stream()
                : Stream.of(HookStep.values()).flatMap(step -> over(entry, line, step).stream());
    }

    /** The line doesn't say which step it was. */
    private Optional<HookRun> over(KeptEntry entry, Line line, HookStep step) {
        var hooks = entry.entry().hooks();
        return workload(hooks, step)
                .map(workload -> new HookRun(
                        entry.name(),
                        step,
                        line.rotationId(),
                        line.attempts() - 1,
                        Span.of(hooks.timeout()),
                        workload,
                        Map.of(),
                        Map.of(),
                        true));
    }

    private Optional<HookRun> run(KeptEntry entry, Line line, HookStep step, Materials materials) {
        var hooks = entry.entry().hooks();
        var subject = step == HookStep.REVOKE ? line.retiring() : line.pending();
        return workload(hooks, step)
                .filter(_ -> shelf.find(entry.name(), subject).isPresent())
                .map(workload -> new HookRun(
                        entry.name(),
                        step,
                        line.rotationId(),
                        line.attempts(),
                        Span.of(hooks.timeout()),
                        workload,
                        values(entry, subject, materials),
                        values(entry, line.current(), materials),
                        false));
    }

    private Optional<WorkloadSlice> workload(@Nullable Hooks hooks, HookStep step) {
        if (hooks == null) {
            return Optional.empty();
        }
        var hook =
                switch (step) {
                    case INSTALL -> hooks.install();
                    case VERIFY -> hooks.verify();
                    case REVOKE -> hooks.revoke();
                };
        return Optional.ofNullable(hook).map(Hook::workload).flatMap(this::named);
    }

    private Optional<WorkloadSlice> named(String workload) {
        return workloads.stream().filter(it -> it.name().equals(workload)).findFirst();
    }

    private Map<String, Source> values(KeptEntry entry, int version, Materials materials) {
        return shelf.find(entry.name(), version).isPresent() ? materials.values(entry, version) : Map.of();
    }
}
