package dev.bulkhead.cluster;

import dev.bulkhead.apply.Kind;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectRulesReviewStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One verb on one kind of object, in all namespaces. */
public record Right(String group, String resource, String verb) {

    /** There is no such namespace, so what is allowed in it is allowed in all. */
    private static final String ANY_NAMESPACE = "bulkhead-any-namespace";

    /**
     * Without these nobody sees what there is in a cluster that environments live in, and can't begin with it.
     *
     * @param served the kinds that it serves
     */
    public static List<Right> toBegin(Set<Kind> served) {
        return Stream.of(
                        written(served).flatMap(kind -> of(kind.group(), kind.plural(), "list", "watch")),
                        of("", "pods", "list", "watch"),
                        of("", "nodes", "list", "watch"),
                        served.contains(Kind.SERVER) ? ServiceProfiles.RIGHTS.stream() : Stream.<Right>empty())
                .flatMap(Function.identity())
                .toList();
    }

    /** Without one of these there what needs it is told in a status, and everything else goes on. */
    public static List<Right> toWork(Set<Kind> served) {
        return Stream.of(
                        written(served)
                                .flatMap(kind -> of(kind.group(), kind.plural(), "get", "create", "patch", "delete")),
                        of("", "persistentvolumeclaims", "list"))
                .flatMap(Function.identity())
                .toList();
    }

    /** Secrets apart: they are granted namespace by namespace. */
    private static Stream<Kind> written(Set<Kind> served) {
        return served.stream().filter(kind -> kind != Kind.SECRET);
    }

    /** Those that we haven't in all namespaces of a cluster. */
    public static List<Right> lacking(KubernetesClient client, List<Right> needed) {
        return lacking(client, ANY_NAMESPACE, needed);
    }

    /**
     * Those that we haven't in a namespace. Where the server asks others, as those of clouds do, its list of what we may
     * do isn't whole: then it is asked for each right that isn't in it.
     */
    static List<Right> lacking(KubernetesClient client, String namespace, List<Right> needed) {
        var granted = granted(client, namespace);
        var unlisted = needed.stream().filter(right -> !right.isIn(granted.getResourceRules()));
        return (Boolean.TRUE.equals(granted.getIncomplete())
                        ? unlisted.filter(right -> !right.isAllowed(client, namespace))
                        : unlisted)
                .toList();
    }

    private boolean isAllowed(KubernetesClient client, String namespace) {
        var parts = resource.split("/", 2);
        var review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withGroup(group)
                .withResource(parts[0])
                .withSubresource(parts.length == 1 ? null : parts[1])
                .withVerb(verb)
                .endResourceAttributes()
                .endSpec()
                .build();
        var answer = client.authorization().v1().selfSubjectAccessReview().create(review);
        return Boolean.TRUE.equals(answer.getStatus().getAllowed());
    }

    private static SubjectRulesReviewStatus granted(KubernetesClient client, String namespace) {
        SelfSubjectRulesReview review = new SelfSubjectRulesReviewBuilder()
                .withNewSpec()
                .withNamespace(namespace)
                .endSpec()
                .build();
        return client.authorization()
                .v1()
                .selfSubjectRulesReview()
                .create(review)
                .getStatus();
    }

    public static Stream<Right> of(String group, String resource, String... verbs) {
        return Stream.of(verbs).map(verb -> new Right(group, resource, verb));
    }

    public boolean isIn(List<ResourceRule> rules) {
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
    public static String inWords(List<Right> rights) {
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
