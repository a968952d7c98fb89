package dev.bulkhead.runtime;

import dev.bulkhead.api.v1alpha1.CustomResources;
import dev.bulkhead.apply.Kind;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One verb on one kind of object, in all namespaces. */
record Right(String group, String resource, String verb) {

    private static final String OURS = "bulkhead.dev";

    /** Without these the operator doesn't see what there is, and can't begin. */
    static List<Right> toBegin() {
        return Stream.of(
                        CustomResources.plurals().flatMap(kind -> of(OURS, kind, "list", "watch")),
                        written().flatMap(kind -> of(kind.group(), kind.plural(), "list", "watch")),
                        of("", "pods", "list", "watch"))
                .flatMap(Function.identity())
                .toList();
    }

    /** Without one of these what needs it is told in a status, and everything else goes on. */
    static List<Right> toWork() {
        return Stream.of(
                        CustomResources.plurals().flatMap(kind -> of(OURS, kind + "/status", "patch")),
                        of(OURS, "environments", "patch"),
                        written().flatMap(kind -> of(kind.group(), kind.plural(), "get", "create", "patch", "delete")),
                        of("", "persistentvolumeclaims", "list"),
                        of("", "events", "create"),
                        of("apps", "controllerrevisions", "list", "create", "delete"))
                .flatMap(Function.identity())
                .toList();
    }

    /** Secrets apart: they are granted namespace by namespace. */
    private static Stream<Kind> written() {
        return Arrays.stream(Kind.values()).filter(kind -> kind != Kind.SECRET);
    }

    private static Stream<Right> of(String group, String resource, String... verbs) {
        return Stream.of(verbs).map(verb -> new Right(group, resource, verb));
    }

    boolean isIn(List<ResourceRule> rules) {
        return rules.stream()
                .anyMatch(rule -> has(rule.getApiGroups(), group)
                        && has(rule.getResources(), resource)
                        && has(rule.getVerbs(), verb)
                        && rule.getResourceNames().isEmpty());
    }

    private static boolean has(List<String> allowed, String one) {
        return allowed.contains(one) || allowed.contains("*");
    }

    /** As they would stand in a rule: {@code list and watch deployments.apps; …}. */
    static String inWords(List<Right> rights) {
        return rights.stream()
                .collect(Collectors.groupingBy(
                        right -> right.group.isEmpty() ? right.resource : right.resource + "." + right.group,
                        TreeMap::new,
                        Collectors.mapping(Right::verb, Collectors.joining(", "))))
                .entrySet()
                .stream()
                .map(it -> "%s %s".formatted(it.getValue(), it.getKey()))
                .collect(Collectors.joining("; "));
    }
}
