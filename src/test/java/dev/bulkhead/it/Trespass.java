package dev.bulkhead.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bulkhead.it.Caller.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Every write that an API server offers, over all kinds, verbs and subresources that it lists itself: what is new in the
 * next Kubernetes is tried as well. All of it as dry runs, which admission judges as it judges the real thing.
 */
final class Trespass {

    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");

    /** They ask something and store nothing, and the API server shows them to no policy. */
    private static final Set<String> REVIEWS = Set.of(
            "tokenreviews",
            "selfsubjectreviews",
            "subjectaccessreviews",
            "localsubjectaccessreviews",
            "selfsubjectaccessreviews",
            "selfsubjectrulesreviews");

    private final Caller admin;
    private final Map<String, String> samples;

    /**
     * @param place a namespace, or empty
     * @param what group/resource or group/resource/subresource
     */
    record Attempt(String verb, String place, String what, String method, String path, String body, String type) {

        String group() {
            return what.substring(0, what.indexOf('/'));
        }

        @Override
        public String toString() {
            return "%s %s%s".formatted(verb, what, place.isEmpty() ? "" : " in " + place);
        }
    }

    private record Resource(String version, JsonNode json) {

        String name() {
            return json.path("name").asText();
        }

        String group() {
            return version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
        }

        boolean allows(String verb) {
            return StreamSupport.stream(json.path("verbs").spliterator(), false)
                    .anyMatch(it -> it.asText().equals(verb));
        }

        boolean isSubresource() {
            return name().contains("/");
        }

        String root() {
            return (version.contains("/") ? "/apis/" : "/api/") + version;
        }
    }

    /** @param samples apiVersion/kind → an object of it, where the live one can't be copied */
    Trespass(Caller admin, Map<String, String> samples) {
        this.admin = admin;
        this.samples = samples;
    }

    /** What can be tried in these namespaces, and on what is in none. */
    List<Attempt> attempts(List<String> namespaces) {
        return resources()
                .flatMap(
                        resource -> (resource.json.path("namespaced").asBoolean() ? namespaces.stream() : Stream.of(""))
                                .flatMap(place -> in(resource, place)))
                .toList();
    }

    private Stream<Resource> resources() {
        var groups = admin.get("/apis").tree().path("groups");
        return Stream.concat(
                        Stream.of("v1"),
                        StreamSupport.stream(groups.spliterator(), false)
                                .map(group -> group.at("/preferredVersion/groupVersion")
                                        .asText()))
                .flatMap(version -> {
                    var root = version.contains("/") ? "/apis/" : "/api/";
                    var list = admin.get(root + version).tree().path("resources");
                    return StreamSupport.stream(list.spliterator(), false).map(json -> new Resource(version, json));
                })
                .filter(resource ->
                        !REVIEWS.contains(resource.name()) && WRITES.stream().anyMatch(resource::allows));
    }

    private Stream<Attempt> in(Resource resource, String place) {
        var name = resource.name().split("/")[0];
        var collection = resource.root() + (place.isEmpty() ? "" : "/namespaces/" + place) + "/" + name;
        var live = live(collection);
        return resource.isSubresource()
                ? live.stream().flatMap(it -> onSubresource(resource, place, collection, it))
                : Stream.concat(
                        onCollection(resource, place, collection, live),
                        live.stream().flatMap(it -> onObject(resource, place, collection, it)));
    }

    /** Ours if there is one, else any. */
    private Optional<JsonNode> live(String collection) {
        var items = admin.get(collection + "?limit=200").tree().path("items");
        var all = StreamSupport.stream(items.spliterator(), false).toList();
        return all.stream()
                .filter(it -> it.at("/metadata/name").asText().matches("sample.*|theirs"))
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    private Stream<Attempt> onCollection(Resource resource, String place, String path, Optional<JsonNode> live) {
        var kind = resource.json.path("kind").asText();
        var body = Optional.ofNullable(samples.get(resource.version + "/" + kind))
                .map(text -> text.replace("NAMESPACE", place))
                .or(() -> live.map(it -> copy(it, resource)))
                .orElseGet(() -> asked(kind.equals("Binding") ? "binding" : "", "sample", place));
        return Stream.of(
                        attempt(resource, "create", place, "POST", path, body, Caller.JSON),
                        attempt(resource, "deletecollection", place, "DELETE", path, "", Caller.JSON))
                .flatMap(Optional::stream);
    }

    private static String copy(JsonNode live, Resource resource) {
        var copy = (ObjectNode) live.deepCopy();
        copy.put("apiVersion", resource.version);
        copy.put("kind", resource.json.path("kind").asText());
        copy.remove("status");
        var namespace = live.at("/metadata/namespace");
        // Some names say what the object is. That it is there already is found out after admission.
        var metadata =
                copy.putObject("metadata").put("name", live.at("/metadata/name").asText());
        if (!namespace.isMissingNode()) {
            metadata.set("namespace", namespace);
        }
        return copy.toString();
    }

    private Stream<Attempt> onObject(Resource resource, String place, String collection, JsonNode live) {
        var path = collection + "/" + live.at("/metadata/name").asText();
        return Stream.of(
                        attempt(resource, "update", place, "PUT", path, marked(live, resource), Caller.JSON),
                        attempt(resource, "patch", place, "PATCH", path, MARK, Caller.MERGE),
                        attempt(resource, "delete", place, "DELETE", path, "", Caller.JSON))
                .flatMap(Optional::stream);
    }

    private static final String MARK = "{\"metadata\":{\"labels\":{\"intruder\":\"was-here\"}}}";

    private static String marked(JsonNode live, Resource resource) {
        var marked = (ObjectNode) live.deepCopy();
        if (!marked.has("kind")) {
            marked.put("apiVersion", resource.version);
            marked.put("kind", resource.json.path("kind").asText());
        }
        marked.withObject("metadata").withObject("labels").put("intruder", "was-here");
        marked.withObject("metadata").remove("managedFields");
        return marked.toString();
    }

    private Stream<Attempt> onSubresource(Resource resource, String place, String collection, JsonNode live) {
        var name = live.at("/metadata/name").asText();
        var subresource = resource.name().split("/")[1];
        var path = collection + "/" + name + "/" + subresource;
        // What stands for a connection has nothing to be read, and would wait for an answer of a pod.
        var current = subresource.equals("scale")
                ? Optional.of(admin.get(path)).filter(it -> it.code() == 200).map(Answer::tree)
                : Optional.of(live);
        return Stream.of(
                        attempt(resource, "create", place, "POST", path, asked(subresource, name, place), Caller.JSON),
                        current.flatMap(it ->
                                attempt(resource, "update", place, "PUT", path, marked(it, resource), Caller.JSON)),
                        attempt(resource, "patch", place, "PATCH", path, MARK, Caller.MERGE),
                        attempt(resource, "delete", place, "DELETE", path, "", Caller.JSON))
                .flatMap(Optional::stream);
    }

    private static String asked(String subresource, String name, String place) {
        var metadata = "\"metadata\":{\"name\":\"%s\",\"namespace\":\"%s\"}".formatted(name, place);
        return switch (subresource) {
            case "token" -> "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{}}";
            case "eviction" -> "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",%s}".formatted(metadata);
            case "binding" ->
                "{\"apiVersion\":\"v1\",\"kind\":\"Binding\",%s,\"target\":{\"kind\":\"Node\",\"name\":\"sample\"}}"
                        .formatted(metadata);
            default -> "";
        };
    }

    private static Optional<Attempt> attempt(
            Resource resource, String verb, String place, String method, String path, String body, String type) {
        if (!resource.allows(verb)) {
            return Optional.empty();
        }
        var connects = resource.name().matches("(pods/(exec|attach|portforward|proxy)|services/proxy|nodes/proxy)");
        var query = connects ? "?command=id&container=app&stdout=true&ports=80" : "?dryRun=All";
        return Optional.of(
                new Attempt(verb, place, resource.group() + "/" + resource.name(), method, path + query, body, type));
    }
}
