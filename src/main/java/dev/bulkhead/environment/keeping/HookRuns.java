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
import org.jspecify.annotations.Nullable;

/** What the rotations of an environment ask peers for now. Pure. */
public record HookRuns(String hubId, Shelf shelf, List<WorkloadSlice> workloads) {

    public List<HookRun> of(Entries entries) {
        return of(entries, new Materials(entries, shelf));
    }

    private List<HookRun> of(Entries entries, Materials materials) {
        return entries.all().stream()
                .flatMap(entry -> run(entry, materials).stream())
                .toList();
    }

    Optional<HookRun> run(KeptEntry entry, Materials materials) {
        var line = shelf.journal().lines().get(entry.name());
        return line == null
                ? Optional.empty()
                : Rotation.hook(entry.terms(hubId, shelf.journal().environment()), line)
                        .flatMap(step -> run(entry, line, step, materials));
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
                        values(entry, line.current(), materials)));
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
