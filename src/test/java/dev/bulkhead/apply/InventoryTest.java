package dev.bulkhead.apply;

import static dev.bulkhead.apply.Objects.OF_STAGING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.Inventory.Held;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an environment has, as we last left it. */
class InventoryTest {

    private static final Entry FILE = OF_STAGING.file("web", "api", "one");
    private static final Held APPLIED = new Held(FILE.ref(), FILE.level(), "desired", "digest", "uid");

    @Test
    void whatIsAnnouncedIsNamedAndNothingMore() {
        var announced = Inventory.EMPTY.announce(Stream.of(FILE));

        assertThat(announced.find(FILE.ref())).contains(new Held(FILE.ref(), Level.FOUNDATION, "", "", ""));
    }

    @Test
    void anAnnouncementForgetsNothing() {
        var applied = Inventory.EMPTY.with(Stream.of(APPLIED), Set.of());

        assertThat(applied.announce(Stream.of(FILE))).isEqualTo(applied);
    }

    /** An EgressNetwork whose routes are gone would refuse everything. */
    @ParameterizedTest
    @CsvSource({
        "CANARY,                       SERVER",
        "DEPLOYMENT,                   HTTP_ROUTE",
        "SERVER,                       HTTP_ROUTE",
        "SERVER,                       AUTHORIZATION_POLICY",
        "HTTP_LOCAL_RATE_LIMIT_POLICY, AUTHORIZATION_POLICY",
        "EGRESS_NETWORK,               HTTP_ROUTE",
        "EGRESS_NETWORK,               TLS_ROUTE",
        "EGRESS_NETWORK,               TLS_ROUTE_ALPHA",
        "HTTP_ROUTE,                   AUTHORIZATION_POLICY",
        "AUTHORIZATION_POLICY,         NETWORK_POLICY"
    })
    void ofWhatIsFoundThatRefusesGoesBeforeWhatLetsThrough(Kind sooner, Kind later) {
        assertThat(found(sooner)).isGreaterThan(found(later));
    }

    private static Level found(Kind kind) {
        return Held.found(new Observation(new Ref(kind, "web", "api"), "uid", 1, Map.of(), "digest", Health.READY, ""))
                .level();
    }

    @Test
    void whatIsGoneIsNotNamedAnyMore() {
        var applied = Inventory.EMPTY.with(Stream.of(APPLIED), Set.of());

        assertThat(applied.with(Stream.empty(), Set.of(FILE.ref()))).isEqualTo(Inventory.EMPTY);
    }
}
