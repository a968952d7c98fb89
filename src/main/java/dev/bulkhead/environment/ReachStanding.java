package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.EnvironmentStatus;
import dev.bulkhead.api.v1alpha1.ReachStatus;
import dev.bulkhead.environment.reach.Reached;
import dev.bulkhead.status.Conditions;
import dev.bulkhead.status.EventRecorder.Type;
import dev.bulkhead.status.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Optional;

/** Whether an environment is as separate as it was asked to be. It takes nothing from what stands, so not Ready either. */
final class ReachStanding {

    static final String CONDITION = "Separated";

    /** What there is to be told, once. */
    record News(Type type, String event, String message) {}

    private ReachStanding() {}

    static void add(Conditions conditions, Reached reached) {
        switch (reached) {
            case Reached.Untold untold -> conditions.unknown(CONDITION, Reason.ReachUnknown, untold.why());
            case Reached.Told told
            when told.meddled() > 0 -> conditions.add(CONDITION, false, Reason.ForeignPolicy, meddling(told));
            case Reached.Told told
            when told.missing() + told.extra() > 0 ->
                conditions.add(
                        CONDITION,
                        false,
                        Reason.ReachDiffers,
                        "%d edges are open that nobody asked for, and %d are asked for and not open. The first: %s"
                                .formatted(
                                        told.extra(),
                                        told.missing(),
                                        told.first().getFirst()));
            case Reached.Told told ->
                conditions.add(
                        CONDITION,
                        true,
                        Reason.Ready,
                        "%d edges are open, and every one was asked for".formatted(told.allowed()));
        }
    }

    private static String meddling(Reached.Told told) {
        var more = told.meddled() - told.meddling().size();
        return "%s%s. Remove what isn't Bulkhead's, or ask for the edges in calls or in a NetworkPolicySet"
                .formatted(String.join("; ", told.meddling()), more == 0 ? "" : "; and %d more".formatted(more));
    }

    /** What can't be told now stays out of the status. */
    static Optional<ReachStatus> status(Reached reached) {
        return switch (reached) {
            case Reached.Untold _ -> Optional.empty();
            case Reached.Told told ->
                Optional.of(
                        new ReachStatus(told.allowed(), told.missing(), told.extra(), told.findings(), told.first()));
        };
    }

    /** What somebody should hear of who reads the status before and not the one to come. */
    static Optional<News> news(EnvironmentStatus before, Reached reached) {
        var foreign = Conditions.find(before.conditions(), CONDITION)
                .filter(it -> Reason.ForeignPolicy.name().equals(it.getReason()))
                .map(Condition::getMessage);
        return switch (reached) {
            case Reached.Untold _ -> Optional.empty();
            case Reached.Told told
            when told.meddled() > 0 ->
                Optional.of(meddling(told))
                        .filter(message -> foreign.filter(message::equals).isEmpty())
                        .map(message -> new News(Type.Warning, Reason.ForeignPolicy.name(), message));
            case Reached.Told _ ->
                foreign.map(_ -> new News(
                        Type.Normal, "ForeignPolicyGone", "No policy of others opens or closes anything any more"));
        };
    }
}
