package dev.bulkhead.environment.rule;

import dev.bulkhead.api.v1alpha1.Hook;
import dev.bulkhead.api.v1alpha1.Hooks;
import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.WorkloadType;
import dev.bulkhead.status.Reason;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether what a secret entry names as its hooks is there, and can be run when a rotation asks for it. */
record HookRules(Surroundings around) {

    Stream<Finding> check(String where, SecretEntry entry) {
        return entry.hooks() == null ? Stream.empty() : check(where + ".hooks", entry.hooks());
    }

    private Stream<Finding> check(String where, Hooks hooks) {
        return Stream.of(
                        hook(where + ".install", hooks.install()),
                        hook(where + ".verify", hooks.verify()),
                        hook(where + ".revoke", hooks.revoke()))
                .flatMap(findings -> findings);
    }

    private Stream<Finding> hook(String where, @Nullable Hook hook) {
        if (hook == null) {
            return Stream.empty();
        }
        var workload = around.workload(hook.workload());
        if (workload.isEmpty()) {
            return Finding.of(
                    Reason.WaitingForWorkload,
                    "%s.workload: there is no workload %s in environment %s. Add it, with type Hook, or name another",
                    where,
                    hook.workload(),
                    around.environment().name());
        }
        var type = workload.get().getSpec().type();
        return type == WorkloadType.Hook
                ? Stream.empty()
                : Finding.of(
                        Reason.NotAHook,
                        "%s.workload: workload %s has type %s, and would not wait for a rotation. Name one of type Hook",
                        where,
                        hook.workload(),
                        type);
    }
}
