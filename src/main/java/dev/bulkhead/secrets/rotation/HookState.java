package dev.bulkhead.secrets.rotation;

/** What became of a hook. */
public sealed interface HookState {

    /** It wasn't started, or is gone without a trace. */
    record None() implements HookState {}

    record Running() implements HookState {}

    record Succeeded() implements HookState {}

    /** It said no: these bytes won't do. The message holds no value. */
    record Rejected(String message) implements HookState {}

    /** It said nothing: the same bytes are tried again. */
    record TimedOut() implements HookState {}
}
