package dev.bulkhead.network.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.network.reach.Routing.Match;
import dev.bulkhead.network.reach.Routing.Paths;
import dev.bulkhead.network.reach.Routing.Route;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which requests get through, when a request is judged at the one route that fits it best. */
class RoutingTest {

    private static final Route ALL = route(prefix("", "/"));
    private static final Route V1 = route(prefix("", "/v1"));
    private static final Route ADMIN = route(prefix("", "/v1/admin"));

    @Test
    void aNarrowerRouteTakesItsRequestsAwayFromAWiderOne() {
        assertThat(open(List.of(ALL, ADMIN), ALL).inWords())
                .containsExactly("any method /*", "not any method /v1/admin/*");
        assertThat(open(List.of(ALL, ADMIN), ADMIN).inWords()).containsExactly("any method /v1/admin/*");
    }

    @Test
    void whatNoRouteFitsIsNotFound() {
        assertThat(open(List.of(V1), V1)).isEqualTo(Requests.below("", "/v1"));
    }

    @Test
    void aPrefixMeansWholeSegments() {
        var open = open(List.of(V1), V1);

        assertThat(open.contains("GET", "/v1")).isTrue();
        assertThat(open.contains("GET", "/v1/")).isTrue();
        assertThat(open.contains("GET", "/v1/orders")).isTrue();
        assertThat(open.contains("GET", "/v10")).isFalse();
    }

    @Test
    void ofTwoPathsOfOneLengthTheOneWithAMethodWins() {
        var read = route(prefix("GET", "/v1"));
        var exact = route(exact("", "/v1"));

        // Not «exact before prefix»: the proxy compares lengths only.
        assertThat(open(List.of(exact, read), read).contains("GET", "/v1")).isTrue();
        assertThat(open(List.of(exact, read), exact).contains("GET", "/v1")).isFalse();
        assertThat(open(List.of(exact, read), exact).contains("POST", "/v1")).isTrue();
    }

    @Test
    void amongEqualsTheOlderRouteWins() {
        var younger = route(prefix("", "/v1"), exact("", "/v2"));

        assertThat(open(List.of(V1, younger), younger).inWords()).containsExactly("any method /v2");
        assertThat(open(List.of(younger, V1), V1)).isEqualTo(Requests.NONE);
    }

    @Test
    void aHeaderIsTheCallersToBring() {
        var canary = route(new Match("", Paths.PREFIX, "/v1", List.of("canary"), List.of()));

        assertThat(open(List.of(V1, canary), canary)).isEqualTo(Requests.below("", "/v1"));
        assertThat(open(List.of(V1, canary), V1)).isEqualTo(Requests.below("", "/v1"));
    }

    @Test
    void aPatternThatIsOpenMayOpenEveryPath() {
        var pattern = route(new Match("GET", Paths.PATTERN, "/v[0-9]+", List.of(), List.of()));

        assertThat(open(List.of(ALL, pattern), pattern)).isEqualTo(Requests.below("GET", "/"));
        assertThat(open(List.of(ALL, pattern), ALL)).isEqualTo(Requests.ALL);
    }

    private static Requests open(List<Route> routes, Route... open) {
        return new Routing(routes).open(Stream.of(open).toList()::contains);
    }

    private static Route route(Match... matches) {
        return new Route(List.of(), List.of(matches), List.of());
    }

    private static Match prefix(String method, String path) {
        return new Match(method, Paths.PREFIX, path, List.of(), List.of());
    }

    private static Match exact(String method, String path) {
        return new Match(method, Paths.EXACT, path, List.of(), List.of());
    }
}
