package dev.bulkhead.contributor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.status.Reason;
import dev.bulkhead.status.Standing;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who has something new to say. */
class ReportsTest {

    private static final EnvironmentId STAGING = new EnvironmentId("shop", "staging");
    private static final Origin API = Origin.workload("api");
    private static final Origin DB = Origin.workload("db");

    private final Reports reports = new Reports();

    @Test
    void atFirstEverybodyIsTold() {
        assertThat(reports.put(STAGING, Map.of(API, ready(1), DB, ready(1)))).containsExactlyInAnyOrder(API, DB);
    }

    @Test
    void whoHasNothingNewToSayIsNotTold() {
        reports.put(STAGING, Map.of(API, ready(1), DB, ready(1)));

        assertThat(reports.put(STAGING, Map.of(API, ready(1), DB, ready(2)))).containsExactly(DB);
        assertThat(reports.put(STAGING, Map.of(API, ready(1), DB, ready(2)))).isEmpty();
    }

    @Test
    void whoLeftAndWhoCameIsTold() {
        reports.put(STAGING, Map.of(API, ready(1)));

        assertThat(reports.put(STAGING, Map.of(DB, ready(1)))).containsExactlyInAnyOrder(API, DB);
        assertThat(reports.find(STAGING, API)).isEmpty();
    }

    @Test
    void ofAnEnvironmentThatIsGoneNothingIsKnown() {
        reports.put(STAGING, Map.of(API, ready(1)));

        assertThat(reports.forget(STAGING)).containsExactly(API);
        assertThat(reports.find(STAGING, API)).isEmpty();
        assertThat(reports.forget(STAGING)).isEmpty();
    }

    @Test
    void environmentsDoNotMix() {
        reports.put(STAGING, Map.of(API, ready(1)));

        assertThat(reports.put(new EnvironmentId("shop", "other"), Map.of(API, ready(1))))
                .containsExactly(API);
    }

    private static SliceReport ready(long generation) {
        return new SliceReport(generation, new Standing.Ready(Reason.Ready, ""), "web", 1, 1, Map.of());
    }
}
