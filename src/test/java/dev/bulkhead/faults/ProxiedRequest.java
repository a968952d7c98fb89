package dev.bulkhead.faults;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One request as the proxy saw it, in the words of an audit log.
 *
 * @param number counts all requests of a proxy, from one
 * @param write counts the writes alone, from one; zero for what only reads
 * @param group empty for the core group, and for what isn't an object
 * @param resource the plural; empty for what isn't an object
 */
public record ProxiedRequest(
        int number,
        int write,
        String verb,
        String group,
        String resource,
        String subresource,
        String namespace,
        String name,
        String uri,
        String userAgent,
        String body) {

    private static final Set<String> OF_A_NAMESPACE_ITSELF = Set.of("status", "finalize");

    /** Where an object is, as its path says. */
    private record Place(String group, String resource, String subresource, String namespace, String name) {

        static final Place NOWHERE = new Place("", "", "", "", "");

        static Place of(String path) {
            var words =
                    Arrays.stream(path.split("/")).filter(it -> !it.isEmpty()).toList();
            if (words.size() > 2 && words.getFirst().equals("api")) {
                return within("", words.subList(2, words.size()));
            }
            if (words.size() > 3 && words.getFirst().equals("apis")) {
                return within(words.get(1), words.subList(3, words.size()));
            }
            return NOWHERE;
        }

        private static Place within(String group, List<String> words) {
            var inNamespace = words.getFirst().equals("namespaces")
                    && words.size() > 2
                    && !OF_A_NAMESPACE_ITSELF.contains(words.get(2));
            return inNamespace ? at(group, words.get(1), words.subList(2, words.size())) : at(group, "", words);
        }

        private static Place at(String group, String namespace, List<String> words) {
            return new Place(group, word(words, 0), word(words, 2), namespace, word(words, 1));
        }

        private static String word(List<String> words, int index) {
            return index < words.size() ? words.get(index) : "";
        }
    }

    static ProxiedRequest of(int number, int write, String method, String uri, String userAgent, String body) {
        var place = Place.of(URI.create(uri).getPath());
        return new ProxiedRequest(
                number,
                write,
                verb(method, uri, place),
                place.group,
                place.resource,
                place.subresource,
                place.namespace,
                place.name,
                uri,
                Optional.ofNullable(userAgent).orElse(""),
                body);
    }

    /** Whether it changes something; a dry run does not. */
    static boolean isWrite(String method, String uri) {
        return Set.of("POST", "PUT", "PATCH", "DELETE").contains(method) && !uri.contains("dryRun=All");
    }

    private static String verb(String method, String uri, Place place) {
        return switch (method) {
            case "GET" -> {
                if (uri.contains("watch=true") || uri.contains("watch=1")) {
                    yield "watch";
                }
                yield place.name.isEmpty() ? "list" : "get";
            }
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> place.name.isEmpty() ? "deletecollection" : "delete";
            default -> method;
        };
    }

    public boolean isWrite() {
        return write > 0;
    }

    public boolean isWatch() {
        return verb.equals("watch");
    }

    @Override
    public String toString() {
        return "%d %s %s".formatted(number, verb, uri);
    }
}
