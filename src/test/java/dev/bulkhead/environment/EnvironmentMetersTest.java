package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.environment.reach.Reached;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be counted of environments, without a name of any. */
class EnvironmentMetersTest {

    private static final EnvironmentId STAGING = new EnvironmentId("shop", "staging");
    private static final EnvironmentId PREVIEW = new EnvironmentId("shop", "preview");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final EnvironmentMeters meters = new EnvironmentMeters(registry);

    @Test
    void edgesAreCountedOverAllEnvironmentsAndForgottenWithThem() {
        assertThat(edges("open")).isZero();

        record(STAGING, new Reached.Told(5, 1, 2, 0, List.of("missing: a -> b"), 1, List.of("somebody")));
        record(PREVIEW, new Reached.Told(3, 0, 0, 0, List.of(), 0, List.of()));

        assertThat(edges("open")).isEqualTo(8);
        assertThat(edges("missing")).isEqualTo(1);
        assertThat(edges("extra")).isEqualTo(2);
        assertThat(edges("foreign")).isEqualTo(1);

        record(STAGING, new Reached.Untold("Nobody knows"));
        assertThat(edges("open")).isEqualTo(3);
        assertThat(edges("missing")).isZero();

        meters.forget(PREVIEW);
        assertThat(edges("open")).isZero();
    }

    private void record(EnvironmentId environment, Reached reached) {
        meters.record(environment, PassWorld.reaching(reached), ReachStandingTest.after(reached));
    }

    private double edges(String state) {
        return registry.get("bulkhead.edges").tag("state", state).gauge().value();
    }
}
