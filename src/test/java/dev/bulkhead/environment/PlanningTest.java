package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Equal inputs give equal plans, in whatever order they came in. */
class PlanningTest {

    @Property(tries = 100)
    void thePlanDoesNotDependOnTheOrderOfItsInputs(@ForAll("worlds") PlanFolder folder, @ForAll long seed) {
        var world = World.in(folder.folder());

        var shuffled = world.shuffled(new Random(seed));

        assertThat(shuffled.plan().byRef()).isEqualTo(world.plan().byRef());
        assertThat(shuffled.acceptance()).isEqualTo(world.acceptance());
    }

    @Provide
    Arbitrary<PlanFolder> worlds() {
        return Arbitraries.of(GoldenPlansTest.folders());
    }
}
