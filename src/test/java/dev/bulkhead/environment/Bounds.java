package dev.bulkhead.environment;

import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.apply.Entry.SecretEntry;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Level;
import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Plan;
import dev.bulkhead.apply.Ref;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What no plan may go beyond, whatever the resources say: the namespaces that its class gives it, the roles that its class
 * names, the Secrets of its own hub namespace. Worked out anew from what was gathered, not by the planner's means.
 *
 * @param marks keys of labels and annotations that the same world had before somebody wrote something strange into it
 */
record Bounds(Gathered gathered, Ownership ownership, Set<String> marks) {

    /** What a Secret of its name comes from. */
    private static final Set<Kind> MAKES_A_SECRET = Set.of(Kind.SECRET, Kind.EXTERNAL_SECRET, Kind.CERTIFICATE);

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final Pattern DATA_KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");
    private static final Pattern STEERING = Pattern.compile(
            "(([^/]*[.])?(bulkhead[.]dev|linkerd[.]io|istio[.]io)|([^/]*[.])?kubernetes[.]io|argocd[.]argoproj[.]io)/.*");
    /** What the operator binds, to itself alone. */
    private static final String ITSELF = "bulkhead-operator-namespaced";

    private static final Set<String> EVERYBODY =
            Set.of("system:masters", "system:authenticated", "system:unauthenticated", "system:serviceaccounts");
    private static final Set<String> IN_POD_VOLUMES =
            Set.of("name", "configMap", "secret", "emptyDir", "persistentVolumeClaim", "downwardAPI", "projected");

    /** What is out of bounds, in words; empty for a plan that may be applied. */
    List<String> breaches(Plan plan) {
        var found = new ArrayList<String>();
        plan.entries().forEach(entry -> {
            place(entry.ref(), found);
            switch (entry) {
                case ObjectEntry object -> object(object, plan, found);
                case SecretEntry secret -> secret(secret, found);
            }
        });
        sealed(plan, found);
        return found;
    }

    private void place(Ref ref, List<String> found) {
        var namespaced = ref.kind().scope() == Kind.Scope.NAMESPACED;
        var home = namespaced ? ref.namespace() : ref.name();
        if (!namespaced && ref.kind() != Kind.NAMESPACE
                || namespaced == ref.namespace().isEmpty()) {
            found.add(ref + " is in no namespace");
        }
        if (!homes().contains(home) || !LABEL.matcher(home).matches()) {
            found.add(ref + " is outside of " + homes());
        }
        if (!SUBDOMAIN.matcher(ref.name()).matches()) {
            found.add(ref + " has no name of RFC 1123");
        }
    }

    /** By the class's pattern, or by a name that the class lists. */
    private Set<String> homes() {
        var metadata = gathered.environment().getMetadata();
        var environmentClass = gathered.environmentClass();
        return gathered.environment().getSpec().namespaces().stream()
                .flatMap(it -> it.existingName() == null
                        ? Stream.of(environmentClass
                                .namespacePattern()
                                .replace("{hubNamespace}", metadata.getNamespace())
                                .replace("{environment}", metadata.getName())
                                .replace("{name}", it.name()))
                        : Stream.of(it.existingName()).filter(environmentClass.adoptableNamespaces()::contains))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void object(ObjectEntry entry, Plan plan, List<String> found) {
        var ref = entry.ref();
        var tree = Manifest.tree(entry.object());
        walk(tree, (key, value) -> {
            if (Set.of("labels", "annotations").contains(key) && value instanceof Map<?, ?> marks) {
                marks.forEach((mark, text) -> mark(ref, mark.toString(), String.valueOf(text), found));
            }
            // The same words are keys of labels, quotas and files, with text behind them.
            if (Set.of("hostNetwork", "hostPID", "hostIPC", "privileged").contains(key) && value instanceof Boolean
                    || key.equals("hostPort") && value instanceof Number
                    || key.equals("externalIPs") && value instanceof List) {
                found.add("%s has %s".formatted(ref, key));
            }
            if (key.equals("image") && !image(value.toString())) {
                found.add("%s runs %s".formatted(ref, value));
            }
            if (key.equals("serviceAccountName") && !plan.byRef().containsKey(account(ref, value.toString()))) {
                found.add("%s runs as %s".formatted(ref, value));
            }
            if (key.equals("volumes") && value instanceof List<?> volumes) {
                volumes.forEach(volume -> volume(ref, (Map<?, ?>) volume, plan, found));
            }
            if (key.equals("secretKeyRef") && value instanceof Map<?, ?> reference) {
                published(ref, reference.get("name"), plan, found);
            }
        });
        if (ref.kind() == Kind.ROLE_BINDING) {
            binding(ref, tree, found);
        }
        if (ref.kind() == Kind.SERVICE && !"ClusterIP".equals(at(tree, "spec").getOrDefault("type", "ClusterIP"))) {
            found.add("%s is of type %s".formatted(ref, at(tree, "spec").get("type")));
        }
    }

    private static Ref account(Ref ref, String name) {
        return new Ref(Kind.SERVICE_ACCOUNT, ref.namespace(), name);
    }

    private boolean image(String image) {
        var registries = gathered.environmentClass().registries();
        return registries.isEmpty() || registries.stream().anyMatch(it -> image.startsWith(it + "/"));
    }

    /** What steers the cluster, the mesh or us is said by us, in the words that we used before. */
    private void mark(Ref ref, String key, String value, List<String> found) {
        var ours = ownership.labels().containsKey(key) ? ownership.labels() : ownership.annotations();
        if (ours.containsKey(key)) {
            if (!value.equals(ours.get(key))) {
                found.add("%s says %s=%s".formatted(ref, key, value));
            }
        } else if (STEERING.matcher(key).matches() && !marks.contains(key)) {
            found.add("%s says %s=%s".formatted(ref, key, value));
        }
    }

    /** The keys of all labels and annotations of a plan. */
    static Set<String> marks(Plan plan) {
        var marks = new TreeSet<String>();
        objects(plan)
                .forEach(entry -> walk(Manifest.tree(entry.object()), (key, value) -> {
                    if (Set.of("labels", "annotations").contains(key) && value instanceof Map<?, ?> map) {
                        map.keySet().forEach(mark -> marks.add(mark.toString()));
                    }
                }));
        return marks;
    }

    private static void volume(Ref ref, Map<?, ?> volume, Plan plan, List<String> found) {
        volume.keySet().stream()
                .filter(key -> !IN_POD_VOLUMES.contains(key.toString()))
                .forEach(key -> found.add("%s mounts a %s".formatted(ref, key)));
        if (volume.get("secret") instanceof Map<?, ?> secret) {
            published(ref, secret.get("secretName"), plan, found);
        }
    }

    private static void published(Ref ref, Object secret, Plan plan, List<String> found) {
        if (MAKES_A_SECRET.stream()
                .noneMatch(kind -> plan.byRef().containsKey(new Ref(kind, ref.namespace(), String.valueOf(secret))))) {
            found.add("%s reads Secret %s, which isn't planned".formatted(ref, secret));
        }
    }

    private void binding(Ref ref, Map<String, Object> tree, List<String> found) {
        var role = at(tree, "roleRef");
        var subjects = (List<?>) tree.getOrDefault("subjects", List.of());
        if (ITSELF.equals(role.get("name"))) {
            if (!subjects.equals(
                    List.of(Map.of("kind", "ServiceAccount", "name", "bulkhead", "namespace", "bulkhead-system")))) {
                found.add("%s binds our own role to %s".formatted(ref, subjects));
            }
            return;
        }
        if (!"ClusterRole".equals(role.get("kind"))
                || !gathered.environmentClass().roles().containsValue(String.valueOf(role.get("name")))) {
            found.add("%s binds %s".formatted(ref, role));
        }
        subjects.stream()
                .map(it -> (Map<?, ?>) it)
                .filter(Bounds::isTooMuch)
                .forEach(it -> found.add("%s binds to %s".formatted(ref, it)));
    }

    /** A user who is called like a group of the system isn't in it. */
    private static boolean isTooMuch(Map<?, ?> subject) {
        return switch (String.valueOf(subject.get("kind"))) {
            case "User" -> false;
            case "Group" -> EVERYBODY.contains(String.valueOf(subject.get("name")));
            default -> true;
        };
    }

    /** That they are read for the team alone is in the reader's hands. */
    private static void secret(SecretEntry entry, List<String> found) {
        entry.sources().forEach((key, source) -> source.copies()
                .filter(copy -> !SUBDOMAIN.matcher(copy.secret()).matches()
                        || !DATA_KEY.matcher(copy.key()).matches()
                        || !DATA_KEY.matcher(key).matches())
                .forEach(copy -> found.add("%s is read from %s".formatted(entry.ref(), copy))));
    }

    /** A namespace that is planned is denied by default. */
    private static void sealed(Plan plan, List<String> found) {
        plan.entries().stream()
                .map(Entry::ref)
                .filter(ref -> ref.kind() == Kind.NAMESPACE)
                .filter(ref -> plan.entries().stream()
                        .noneMatch(it ->
                                it.level() == Level.DENY && it.ref().namespace().equals(ref.name())))
                .forEach(ref -> found.add(ref + " isn't sealed"));
    }

    private static Stream<ObjectEntry> objects(Plan plan) {
        return plan.entries().stream().filter(ObjectEntry.class::isInstance).map(ObjectEntry.class::cast);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> at(Map<String, Object> tree, String field) {
        return (Map<String, Object>) tree.getOrDefault(field, Map.of());
    }

    private static void walk(Object node, BiConsumer<String, Object> visit) {
        switch (node) {
            case Map<?, ?> map ->
                map.forEach((key, value) -> {
                    if (value != null) {
                        visit.accept(key.toString(), value);
                        walk(value, visit);
                    }
                });
            case List<?> list -> list.forEach(it -> walk(it, visit));
            case null, default -> {}
        }
    }
}
