package dev.bulkhead.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds the conditions of a status, as kstatus, {@code kubectl wait} and Argo CD read them: Ready always, Reconciling
 * or Stalled only while it is true. A transition time moves only when the status of its condition does, or, as {@link
 * Patience} counts from it, when Reconciling turns into waiting for somebody.
 */
public final class Conditions {

    public static final String READY = "Ready";
    public static final String RECONCILING = "Reconciling";
    public static final String STALLED = "Stalled";

    /** What the API accepts in a message. */
    private static final int LONGEST_MESSAGE = 32768;

    private final List<Condition> before;
    private final long generation;
    private final Instant now;
    private final List<Condition> built = new ArrayList<>();

    private Conditions(List<Condition> before, long generation, Instant now) {
        this.before = before;
        this.generation = generation;
        this.now = now;
    }

    /** @param before the conditions that are in the status now */
    public static Conditions after(List<Condition> before, long generation, Instant now) {
        return new Conditions(before, generation, now);
    }

    public Conditions standing(Standing standing) {
        return switch (standing) {
            case Standing.Ready it -> add(READY, true, it.reason(), it.message());
            case Standing.Reconciling it ->
                add(READY, false, it.reason(), it.message()).add(RECONCILING, true, it.reason(), it.message());
            case Standing.Stalled it ->
                add(READY, false, it.reason(), it.message()).add(STALLED, true, it.reason(), it.message());
        };
    }

    public Conditions add(String type, boolean isTrue, Reason reason, String message) {
        return add(type, isTrue ? "True" : "False", reason, message);
    }

    /** What can't be told now. */
    public Conditions unknown(String type, Reason reason, String message) {
        return add(type, "Unknown", reason, message);
    }

    private Conditions add(String type, String status, Reason reason, String message) {
        var since = find(before, type)
                .filter(it -> status.equals(it.getStatus()))
                .filter(it -> !type.equals(RECONCILING) || !reason.isWaiting() || Reason.isWaiting(it.getReason()))
                .map(Condition::getLastTransitionTime)
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
        built.add(new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withObservedGeneration(generation)
                .withReason(reason.name())
                .withMessage(message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message)
                .withLastTransitionTime(since)
                .build());
        return this;
    }

    public List<Condition> build() {
        return List.copyOf(built);
    }

    public static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream().filter(it -> type.equals(it.getType())).findFirst();
    }
}
