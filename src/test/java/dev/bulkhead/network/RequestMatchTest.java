package dev.bulkhead.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may make a request must not depend on which of several routes takes it. */
class RequestMatchTest {

    private static final List<String> METHODS = List.of("GET", "POST", "PUT");
    private static final List<String> PARTS = List.of("a", "b", "ab");

    @Test
    void aPrefixEndsWhereAPartOfThePathEnds() {
        var prefix = new RequestMatch("", "/v1", true);

        assertThat(prefix.covers(RequestMatch.exactly("GET", "/v1"))).isTrue();
        assertThat(prefix.covers(RequestMatch.exactly("GET", "/v1/orders"))).isTrue();
        assertThat(prefix.covers(RequestMatch.exactly("GET", "/v10"))).isFalse();
        assertThat(RequestMatch.ALL.covers(prefix)).isTrue();
        assertThat(RequestMatch.ALL.covers(RequestMatch.exactly("", "/"))).isTrue();
    }

    @Test
    void whatTwoHaveInCommonIsPartOfTheClosure() {
        assertThat(RequestMatch.closure(
                        List.of(new RequestMatch("GET", "/v1", true), new RequestMatch("", "/v1/admin", true))))
                .extracting(RequestMatch::toString)
                .containsExactly("GET /v1/admin/…", "GET /v1/…", "any /v1/admin/…");
    }

    /** A request goes to the route with the more exact, then the longer path, then to the one with a method. */
    @Test
    void theRouteThatTakesARequestLiesWithinAllThatItMatches() {
        var random = new Random(7);
        for (var round = 0; round < 2_000; round++) {
            var asked = Stream.generate(() -> match(random))
                    .limit(1 + random.nextInt(6))
                    .toList();
            var routes = RequestMatch.closure(asked);
            for (var request : requests()) {
                var taken = routes.stream()
                        .filter(it -> it.covers(request))
                        .max(Comparator.comparing((RequestMatch it) -> !it.prefix())
                                .thenComparing(it -> it.path().length())
                                .thenComparing(it -> !it.method().isEmpty()));
                var letIn = asked.stream().filter(it -> it.covers(request)).toList();

                assertThat(taken.stream().toList().stream()
                                .flatMap(route -> asked.stream().filter(it -> it.covers(route))))
                        .as("%s among %s", request, asked)
                        .containsExactlyInAnyOrderElementsOf(letIn);
            }
        }
    }

    private static RequestMatch match(Random random) {
        var path = new StringBuilder();
        for (var parts = random.nextInt(3); parts > 0; parts--) {
            path.append('/').append(PARTS.get(random.nextInt(PARTS.size())));
        }
        var prefix = path.isEmpty() || random.nextBoolean();
        return new RequestMatch(
                random.nextBoolean() ? "" : METHODS.get(random.nextInt(METHODS.size())), path.toString(), prefix);
    }

    private static List<RequestMatch> requests() {
        var requests = new ArrayList<RequestMatch>();
        for (var method : METHODS) {
            requests.add(RequestMatch.exactly(method, "/"));
            for (var one : PARTS) {
                requests.add(RequestMatch.exactly(method, "/" + one));
                for (var two : PARTS) {
                    requests.add(RequestMatch.exactly(method, "/" + one + "/" + two));
                    requests.add(RequestMatch.exactly(method, "/" + one + "/" + two + "/c"));
                }
            }
        }
        return requests;
    }
}
