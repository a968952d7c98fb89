package dev.bulkhead.faults.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All that came of one hub namespace, its vault included, without what differs between two that are equal: UIDs, versions,
 * times, addresses that the API server gave out, values that were generated, names of rotations, and the name of the hub
 * namespace itself.
 */
record EndState(Map<String, JsonNode> objects) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    private static final Pattern UID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern INSTANT = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z");
    private static final Set<String> METADATA = Set.of("uid", "resourceVersion", "creationTimestamp");
    private static final Set<String> TIMES =
            Set.of("time", "lastTransitionTime", "lastUpdateTime", "startTime", "completionTime");
    /** The end of the name of a version in the vault: its number, and some of its rotation's name. */
    static final Pattern ROTATED = Pattern.compile("(\\.v[0-9]+)\\.[0-9a-z]{8}");

    private static final Pattern ROTATION = Pattern.compile("\"rotationId\":\"[^\"]+\"");
    private static final Set<String> ROTATIONS = Set.of("rotationId", "bulkhead.dev/rotation-id");
    private static final Set<String> ADDRESSES = Set.of("clusterIP", "clusterIPs");

    static EndState of(String hub, List<? extends HasMetadata> objects) {
        var masked = new TreeMap<String, JsonNode>();
        var there = objects.stream().map(it -> it.getMetadata().getUid()).collect(Collectors.toSet());
        for (var object : objects) {
            // Of an owner that is gone: the garbage collector comes when it comes.
            if (object.getMetadata().getOwnerReferences().stream().anyMatch(it -> !there.contains(it.getUid()))) {
                continue;
            }
            var tree = JSON.<ObjectNode>valueToTree(object);
            mask(object.getKind(), tree);
            var content = anonymous(tree, hub);
            masked.put(
                    "%s %s/%s"
                            .formatted(
                                    object.getKind(),
                                    content.path("metadata").path("namespace").asText(),
                                    name(content)),
                    content);
        }
        return new EndState(masked);
    }

    /** A revision is named by UIDs; what it holds says whose it is. */
    private static String name(JsonNode content) {
        var name = content.path("metadata").path("name").asText();
        return content.path("kind").asText().equals("ControllerRevision")
                ? name + " of "
                        + content.path("data").path("metadata").path("name").asText()
                : name;
    }

    private static void mask(String kind, ObjectNode tree) {
        var metadata = tree.withObject("/metadata");
        metadata.remove(METADATA);
        switch (kind) {
            // What Kubernetes itself says of them depends on the moment.
            case "Deployment", "ResourceQuota", "PodDisruptionBudget" -> tree.remove("status");
            case "Secret" ->
                tree.withObject("/data")
                        .properties()
                        .forEach(it -> it.setValue(TextNode.valueOf(isGiven(it.getValue()) ? "given" : "generated")));
            case "ConfigMap" -> inventory(tree);
            // Of what is gone already the next process can only say that.
            case "Operation" -> tree.withObject("/status").remove("results");
            // It is over the names of the target namespaces too.
            case "Environment" -> tree.withObject("/status").remove("fingerprint");
            default -> {}
        }
        if (kind.equals("Deployment")) {
            metadata.withObject("/annotations").remove("deployment.kubernetes.io/revision");
        }
        if (metadata.get("managedFields") instanceof ArrayNode managers) {
            // Who else writes a status, and when, is not ours.
            var ours = JSON.createArrayNode();
            managers.forEach(it -> {
                if (it.path("manager").asText().startsWith("bulkhead")) {
                    ours.add(it);
                }
            });
            metadata.set("managedFields", ours);
        }
    }

    private static boolean isGiven(JsonNode value) {
        return value.asText()
                .equals(Base64.getEncoder().encodeToString(CrashRun.CANARY.getBytes(StandardCharsets.UTF_8)));
    }

    /** Digests are over names too, and so differ; that they are known is the same everywhere. */
    private static void inventory(ObjectNode map) {
        var text = map.path("data").path("objects").asText("");
        if (!text.isEmpty() && map.path("metadata").path("name").asText().startsWith("inventory-")) {
            map.withObject("/metadata").put("name", "inventory");
            map.withObject("/data")
                    .put("objects", text.replaceAll("\"(desired|digest|uid)\":\"[^\"]+\"", "\"$1\":\"known\""));
        }
    }

    private static JsonNode anonymous(JsonNode node, String hub) {
        if (node instanceof ObjectNode object) {
            var result = JSON.createObjectNode();
            object.properties().forEach(it -> {
                if (TIMES.contains(it.getKey())) {
                    result.put(it.getKey(), "TIME");
                } else if (ROTATIONS.contains(it.getKey())) {
                    result.put(it.getKey(), "ROTATION");
                } else if (!ADDRESSES.contains(it.getKey())) {
                    result.set(
                            UID.matcher(it.getKey().replace(hub, "HUB")).replaceAll("UID"),
                            anonymous(it.getValue(), hub));
                }
            });
            return result;
        }
        if (node instanceof ArrayNode array) {
            var result = JSON.createArrayNode();
            array.forEach(it -> result.add(anonymous(it, hub)));
            return result;
        }
        return node.isTextual() ? TextNode.valueOf(anonymous(node.asText(), hub)) : node;
    }

    private static String anonymous(String text, String hub) {
        var named = UID.matcher(text.replace(hub, "HUB")).replaceAll("UID");
        var timeless = INSTANT.matcher(named).replaceAll("TIME");
        var nameless = ROTATED.matcher(timeless).replaceAll("$1");
        return ROTATION.matcher(nameless).replaceAll("\"rotationId\":\"ROTATION\"");
    }

    /** Object → all that anybody who may read it can read. */
    Map<String, String> texts() {
        return objects.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().toString()));
    }

    /** What is in the target: what users wrote, and what is said of it, is left out. */
    EndState ofTheTarget() {
        var copy = new TreeMap<>(objects);
        copy.keySet().removeIf(it -> it.contains(" HUB/"));
        return new EndState(copy);
    }

    /** For two that came to the same by different ways: how often an object was changed doesn't matter. */
    EndState withoutGenerations() {
        var copy = new TreeMap<String, JsonNode>();
        objects.forEach((key, object) -> {
            var other = object.<ObjectNode>deepCopy();
            other.withObject("/metadata").remove("generation");
            copy.put(key, other);
        });
        return new EndState(copy);
    }

    /** Where another one isn't like this one. */
    List<String> differences(EndState other) {
        var all = new TreeSet<>(objects.keySet());
        all.addAll(other.objects.keySet());
        var found = new ArrayList<String>();
        for (var key : all) {
            if (!other.objects.containsKey(key)) {
                found.add("I2: %s is missing".formatted(key));
            } else if (!objects.containsKey(key)) {
                found.add("I2: %s is left over".formatted(key));
            } else {
                difference("", objects.get(key), other.objects.get(key))
                        .ifPresent(it -> found.add("I2: %s %s".formatted(key, it)));
            }
        }
        return found;
    }

    private static Optional<String> difference(String path, JsonNode expected, JsonNode actual) {
        if (expected.equals(actual)) {
            return Optional.empty();
        }
        if (expected.isContainerNode() && expected.getNodeType() == actual.getNodeType()) {
            var keys = new TreeSet<String>();
            if (expected.isObject()) {
                expected.fieldNames().forEachRemaining(keys::add);
                actual.fieldNames().forEachRemaining(keys::add);
                return keys.stream()
                        .flatMap(it -> difference(path + "." + it, expected.path(it), actual.path(it)).stream())
                        .findFirst();
            }
            if (expected.size() == actual.size()) {
                for (var at = 0; at < expected.size(); at++) {
                    var inside = difference(path + "[" + at + "]", expected.get(at), actual.get(at));
                    if (inside.isPresent()) {
                        return inside;
                    }
                }
            }
        }
        return Optional.of("%s is %s, and %s without a fault".formatted(path, shown(actual), shown(expected)));
    }

    private static String shown(JsonNode node) {
        var text = node.isMissingNode() ? "absent" : node.toString();
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
