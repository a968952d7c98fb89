package dev.bulkhead.environment.rule;

import dev.bulkhead.api.v1alpha1.HeaderMatch;
import dev.bulkhead.api.v1alpha1.HttpMethod;
import dev.bulkhead.api.v1alpha1.RouteMatch;
import dev.bulkhead.api.v1alpha1.TrafficRoute;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The requests that a route is for, whichever way they are written. */
record SameRequests(String port, Optional<HttpMethod> method, String prefix, Map<String, String> headers) {

    static boolean are(TrafficRoute one, TrafficRoute other) {
        return of(one).equals(of(other));
    }

    private static SameRequests of(TrafficRoute route) {
        var match = Optional.ofNullable(route.match());
        return new SameRequests(
                route.port(),
                match.map(RouteMatch::method),
                match.map(RouteMatch::pathPrefix).orElse("/").replaceFirst("/$", ""),
                match.stream()
                        .flatMap(it -> it.headers().stream())
                        .collect(Collectors.toMap(
                                header -> header.name().toLowerCase(Locale.ROOT),
                                HeaderMatch::value,
                                (one, other) -> one + "\n" + other)));
    }
}
