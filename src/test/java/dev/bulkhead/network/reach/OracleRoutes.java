package dev.bulkhead.network.reach;

import static dev.bulkhead.network.reach.Inside.list;
import static dev.bulkhead.network.reach.Inside.map;
import static dev.bulkhead.network.reach.Inside.spec;
import static dev.bulkhead.network.reach.Inside.string;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of the brute-force model that finds the route of a request. */
final class OracleRoutes {

    private OracleRoutes() {}

    static boolean isAttached(GenericKubernetesResource route, GenericKubernetesResource server) {
        var home = route.getMetadata().getNamespace();
        return home.equals(server.getMetadata().getNamespace())
                && list(spec(route).get("parentRefs")).stream()
                        .map(Inside::map)
                        .anyMatch(parent -> string(parent.get("group")).equals("policy.linkerd.io")
                                && string(parent.get("kind")).equals("Server")
                                && string(parent.getOrDefault("namespace", home))
                                        .equals(home)
                                && string(parent.get("name"))
                                        .equals(server.getMetadata().getName()));
    }

    /** As the proxy sorts: host, length of the path, method, headers, queries; then the older route. */
    static @Nullable GenericKubernetesResource best(List<GenericKubernetesResource> routes, Packet.Request request) {
        routes.sort(Comparator.comparing(Inside::age));
        GenericKubernetesResource best = null;
        var bestScore = new int[0];
        for (var route : routes) {
            var hosts = list(spec(route).get("hostnames"));
            if (!hosts.isEmpty() && !hosts.contains(request.host())) {
                continue;
            }
            for (var item : list(spec(route).get("rules"))) {
                List<?> matches = list(map(item).get("matches"));
                for (var match : matches.isEmpty() ? List.of(Map.of()) : matches) {
                    var score = score(map(match), request, !hosts.isEmpty());
                    if (score != null && (best == null || Arrays.compare(score, bestScore) > 0)) {
                        best = route;
                        bestScore = score;
                    }
                }
            }
        }
        return best;
    }

    private static int @Nullable [] score(Map<?, ?> match, Packet.Request request, boolean host) {
        var method = string(match.get("method"));
        if (!method.isEmpty() && !method.equals(request.method())) {
            return null;
        }
        var headers = list(match.get("headers"));
        var queries = list(match.get("queryParams"));
        for (var wanted : List.of(headers, queries)) {
            for (var item : wanted) {
                if (!request.extras().contains(extra(item))) {
                    return null;
                }
            }
        }
        var length = pathLength(map(match.get("path")), request.path());
        return length == 0
                ? null
                : new int[] {host ? 1 : 0, length, method.isEmpty() ? 0 : 1, headers.size(), queries.size()};
    }

    static String extra(Object condition) {
        return map(condition).get("name") + "=" + map(condition).get("value");
    }

    private static int pathLength(Map<?, ?> wanted, String path) {
        var value = string(wanted.get("value"));
        if (value.isEmpty() || value.equals("/") && !string(wanted.get("type")).equals("Exact")) {
            return 1;
        }
        if (string(wanted.get("type")).equals("Exact")) {
            return value.equals(path) ? value.length() : 0;
        }
        var prefix = withoutSlashes(value);
        var whole = withoutSlashes(path);
        return whole.equals(prefix) || whole.startsWith(prefix + "/") ? prefix.length() : 0;
    }

    private static String withoutSlashes(String path) {
        var result = path;
        while (result.endsWith("/")) {
            result = result.substring(0, result.length() - 1);
        }
        return result;
    }
}
