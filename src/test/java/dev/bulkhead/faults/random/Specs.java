package dev.bulkhead.faults.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Draws specs for one environment called {@code env}. They meet: workloads call each other, and use the namespaces and
 * secrets that others may have. About one choice in eight is one that nobody may have.
 */
public final class Specs {

    private static final List<String> WORKLOADS = List.of("api", "web", "batch");
    private static final List<String> NAMESPACES = List.of("front", "data", "more");

    private final Random random;
    private final int wrongIn;

    private Specs(Random random, int wrongIn) {
        this.random = random;
        this.wrongIn = wrongIn;
    }

    public static Specs ofAllSorts(Random random) {
        return new Specs(random, 8);
    }

    /** Only what everybody may have, and what fits together. */
    public static Specs valid(Random random) {
        return new Specs(random, Integer.MAX_VALUE);
    }

    public List<Deed> deeds(int count) {
        return IntStream.range(0, count).mapToObj(_ -> deed()).toList();
    }

    /** A whole environment with all its contributors. */
    public List<Deed.Put> world() {
        var all = new ArrayList<Deed.Put>();
        all.add(environment());
        all.add(secrets());
        WORKLOADS.forEach(name -> all.add(workload(name)));
        all.add(network());
        return List.copyOf(all);
    }

    public Deed deed() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> environment();
            case 2 -> secrets();
            case 3 -> network();
            case 4 -> new Deed.Remove("Workload", one(WORKLOADS));
            case 5 ->
                random.nextBoolean()
                        ? new Deed.Remove("SecretScope", "secrets")
                        : new Deed.Remove("NetworkPolicySet", "rules");
            default -> workload(one(WORKLOADS));
        };
    }

    private Deed.Put environment() {
        var fields = new TreeMap<String, String>();
        fields.put("classRef", "{name: bounded}");
        fields.put("clusterRef", "{name: local}");
        fields.put("mesh", "{provider: None}");
        // Namespaces come and go; the valid ones are those that all workloads may name.
        var names = wrongIn == Integer.MAX_VALUE
                ? NAMESPACES
                : NAMESPACES.subList(0, random.nextInt(1, NAMESPACES.size() + 1));
        fields.put("namespaces", names.stream().map(this::namespace).collect(Collectors.joining(", ", "[", "]")));
        if (random.nextInt(3) == 0) {
            fields.put("access", "[{role: %s, groups: [team]}]".formatted(either("viewer", "emperor")));
        }
        if (wrong()) {
            fields.put("reconcile", one(List.of("Pause", "Plan")));
        }
        fields.put("deletionProtection", "Disabled");
        return put("Environment", "env", fields);
    }

    private String namespace(String name) {
        return "{name: %s, podSecurity: %s, quota: {pods: \"%s\"}%s}"
                .formatted(
                        name,
                        one(List.of("restricted", "baseline")),
                        either(Integer.toString(random.nextInt(5, 20)), "1000"),
                        random.nextBoolean() ? ", labels: {tier: %s}".formatted(one(List.of("one", "two"))) : "");
    }

    private Deed.Put secrets() {
        return put(
                "SecretScope",
                "secrets",
                new TreeMap<>(Map.of(
                        "entries",
                        "[{name: token, type: Static, from: {secretRef: {name: %s, key: %s}}}]"
                                .formatted(either("source", "missing"), either("token", "absent")))));
    }

    private Deed.Put network() {
        var fields = new TreeMap<String, String>();
        fields.put("enforcement", one(List.of("Enforce", "Enforce", "Audit")));
        if (random.nextBoolean()) {
            fields.put("platform", "{metrics: Allow}");
        }
        if (random.nextBoolean()) {
            fields.put(
                    "allow",
                    "[{from: [{workload: %s}], to: {workload: %s, port: %s}}]"
                            .formatted(one(WORKLOADS), either("api", "nobody"), either("http", "none")));
        }
        if (random.nextBoolean()) {
            fields.put(
                    "egress",
                    "[{from: [{workload: api}], to: {cidr: %s}, ports: [443]}]"
                            .formatted(either("203.0.113.0/24", "198.51.100.0/24")));
        }
        return put("NetworkPolicySet", "rules", fields);
    }

    private Deed.Put workload(String name) {
        var fields = new TreeMap<String, String>();
        fields.put("targetNamespace", either(one(NAMESPACES), "nowhere"));
        fields.put("ports", "[{name: http, port: %d}]".formatted(random.nextInt(80, 84)));
        if (random.nextInt(3) == 0) {
            fields.put(
                    "calls",
                    "[{workload: %s, port: %s}]".formatted(either(one(WORKLOADS), "nobody"), either("http", "none")));
        }
        if (random.nextInt(4) == 0) {
            fields.put("selector", "{app: %s}".formatted(name));
            // Somebody else delivers the pods, so nobody may say how they run.
            if (wrong()) {
                fields.put("replicas", "2");
            }
            return put("Workload", name, fields);
        }
        fields.put(
                "image",
                either("registry.example.com/shop/", "elsewhere.example.org/") + name + ":" + random.nextInt(5));
        fields.put("replicas", "0");
        if (random.nextBoolean()) {
            fields.put("env", env());
        }
        if (random.nextInt(4) == 0) {
            fields.put("config", "[{name: settings, path: /etc/it, data: {a: b%d}}]".formatted(random.nextInt(3)));
        }
        if (random.nextInt(4) == 0) {
            fields.put("podLabels", "{%s: x}".formatted(either("example.com/a", "bulkhead.dev/workload")));
        }
        if (wrong()) {
            fields.put("schedule", "\"@daily\"");
        }
        return put("Workload", name, fields);
    }

    private String env() {
        return "[{name: LEVEL, value: \"%d\"}%s]"
                .formatted(
                        random.nextInt(4),
                        random.nextBoolean()
                                ? ", {name: TOKEN, secretRef: {entry: %s}}".formatted(either("token", "unknown"))
                                : "");
    }

    private Deed.Put put(String kind, String name, Map<String, String> fields) {
        if (!kind.equals("Environment")) {
            fields.put("environmentRef", "{name: env}");
        }
        return new Deed.Put(
                kind,
                name,
                fields.entrySet().stream()
                        .map(field -> field.getKey() + ": " + field.getValue())
                        .collect(Collectors.joining(", ", "{", "}")));
    }

    private String either(String right, String wrong) {
        return wrong() ? wrong : right;
    }

    private boolean wrong() {
        return wrongIn != Integer.MAX_VALUE && random.nextInt(wrongIn) == 0;
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
