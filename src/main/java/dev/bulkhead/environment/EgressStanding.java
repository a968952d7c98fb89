package dev.bulkhead.environment;

import dev.bulkhead.environment.pillar.NamedEgress;
import dev.bulkhead.status.Conditions;
import dev.bulkhead.status.Reason;

/** Whether somebody keeps to the names that egress is allowed to: NetworkPolicies know addresses only. */
final class EgressStanding {

    static final String CONDITION = "NamesEnforced";

    private static final String BY_ADDRESS = "NetworkPolicies can't: they open the ports towards every public address";

    private EgressStanding() {}

    /** Adds nothing where no set names domains. */
    static void add(Conditions conditions, Blueprint blueprint) {
        if (!NamedEgress.isAskedIn(blueprint)) {
            return;
        }
        NamedEgress.obstacleIn(blueprint)
                .ifPresentOrElse(
                        why -> conditions.add(
                                CONDITION,
                                false,
                                Reason.NamesNotEnforced,
                                "Nobody keeps to the domains of egress: %s. %s".formatted(why, BY_ADDRESS)),
                        () -> conditions.add(
                                CONDITION,
                                true,
                                Reason.Ready,
                                "The mesh keeps to the domains of egress, unless a pod goes round its proxy. %s"
                                        .formatted(BY_ADDRESS)));
    }
}
