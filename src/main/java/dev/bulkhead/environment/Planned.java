package dev.bulkhead.environment;

import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Plan;
import dev.bulkhead.environment.Drafting.Draft;

/** A plan, with the draft that it was made from. */
public record Planned(Draft draft, Plan plan) {

    Ownership ownership() {
        return draft.blueprint().ownership();
    }
}
