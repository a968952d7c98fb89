package dev.bulkhead.secrets.rotation;

/** What became of a hook. */
public sealed interface HookState {

    /** It wasn't started, or is gone without a trace. */
    record None() implements HookState {}

    /** @param job where to look for it */
    record Running(String job) implements HookState {}

    record Succeeded() implements HookState {}

    /** It said no: these bytes won't do. The message holds no value. */
    record Rejected(String message) implements HookState {}

    /** It said nothing: the same bytes are tried again. The message goes on after "the hook", and holds no value. */
    record TimedOut(String message) implements HookState {}
}
