package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.EnvironmentStatus;
import dev.bulkhead.environment.reach.Reached;
import dev.bulkhead.status.Conditions;
import dev.bulkhead.status.EventRecorder.Type;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who reaches whom is said as it is, and what changes of it is told once. */
class ReachStandingTest {

    private static final Reached OPENED = new Reached.Told(
            3, 0, 7, 1, List.of("extra: internet -> web/api: http (80)"), 7, List.of("NetworkPolicy web/x opens it"));
    private static final Reached DIFFERENT =
            new Reached.Told(3, 1, 2, 0, List.of("missing: web/a -> web/b: TCP 80"), 0, List.of());
    private static final Reached UNTOLD = new Reached.Untold("Nobody knows");

    @Test
    void theConditionNamesThePolicyAndWhatToDo() {
        assertThat(condition(OPENED))
                .isEqualTo("False ForeignPolicy NetworkPolicy web/x opens it; and 6 more. Remove what isn't Bulkhead's,"
                        + " or ask for the edges in calls or in a NetworkPolicySet");
        assertThat(condition(DIFFERENT)).startsWith("False ReachDiffers 2 edges are open that nobody asked for, and 1");
        assertThat(condition(UNTOLD)).isEqualTo("Unknown ReachUnknown Nobody knows");
        assertThat(condition(PassWorld.SEPARATE)).startsWith("True Ready");
    }

    @Test
    void aChangeIsToldOnceAndItsEndToo() {
        assertThat(ReachStanding.news(after(PassWorld.SEPARATE), OPENED)).hasValueSatisfying(news -> {
            assertThat(news.type()).isEqualTo(Type.Warning);
            assertThat(news.event()).isEqualTo("ForeignPolicy");
            assertThat(news.message()).contains("NetworkPolicy web/x opens it");
        });
        assertThat(ReachStanding.news(after(OPENED), OPENED)).isEmpty();
        assertThat(ReachStanding.news(after(OPENED), PassWorld.SEPARATE))
                .hasValueSatisfying(news -> assertThat(news.event()).isEqualTo("ForeignPolicyGone"));
        assertThat(ReachStanding.news(after(PassWorld.SEPARATE), PassWorld.SEPARATE))
                .isEmpty();
        assertThat(ReachStanding.news(after(OPENED), UNTOLD)).isEmpty();
    }

    @Test
    void theStatusCounts() {
        assertThat(ReachStanding.status(OPENED)).hasValueSatisfying(reach -> {
            assertThat(reach.allowed()).isEqualTo(3);
            assertThat(reach.extra()).isEqualTo(7);
            assertThat(reach.findings()).isEqualTo(1);
            assertThat(reach.first()).containsExactly("extra: internet -> web/api: http (80)");
        });
        assertThat(ReachStanding.status(UNTOLD)).isEmpty();
    }

    private static String condition(Reached reached) {
        return Conditions.find(after(reached).conditions(), ReachStanding.CONDITION)
                .map(it -> "%s %s %s".formatted(it.getStatus(), it.getReason(), it.getMessage()))
                .orElseThrow();
    }

    static EnvironmentStatus after(Reached reached) {
        var conditions = Conditions.after(List.of(), 1, Instant.EPOCH);
        ReachStanding.add(conditions, reached);
        return new EnvironmentStatus(
                1L, conditions.build(), null, null, List.of(), List.of(), null, null, null, null, null, null);
    }
}
