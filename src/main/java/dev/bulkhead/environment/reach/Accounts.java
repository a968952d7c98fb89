package dev.bulkhead.environment.reach;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ServiceAccounts that authorizations of a mesh name, by their namespaces: whom they let in runs as one of them. A whole
 * namespace is let in by whatever account.
 */
record Accounts(Map<String, TreeSet<String>> byNamespace) {

    /** The account of pods that name none. */
    static final String ANY = "default";

    private static final Pattern IDENTITY = Pattern.compile("([^.]+)\\.([^.]+)\\.serviceaccount\\.identity\\..*");

    private record Named(String namespace, String account) {}

    static Accounts of(Collection<GenericKubernetesResource> mesh) {
        return new Accounts(mesh.stream()
                .flatMap(Accounts::named)
                .collect(Collectors.groupingBy(
                        Named::namespace,
                        TreeMap::new,
                        Collectors.mapping(Named::account, Collectors.toCollection(TreeSet::new)))));
    }

    private static Stream<Named> named(GenericKubernetesResource object) {
        var home = object.getMetadata().getNamespace();
        return switch (object.getKind()) {
            case "MeshTLSAuthentication" ->
                Stream.concat(
                        items(object, "identityRefs").flatMap(reference -> named(reference, home)),
                        items(object, "identities").flatMap(identity -> named(identity.toString())));
            case "AuthorizationPolicy" ->
                items(object, "requiredAuthenticationRefs").flatMap(reference -> named(reference, home));
            default -> Stream.empty();
        };
    }

    private static Stream<?> items(GenericKubernetesResource object, String field) {
        return object.get("spec", field) instanceof List<?> items ? items.stream() : Stream.empty();
    }

    private static Stream<Named> named(Object reference, String home) {
        if (!(reference instanceof Map<?, ?> it) || it.get("name") == null) {
            return Stream.empty();
        }
        var name = it.get("name").toString();
        var namespace = it.get("namespace") == null ? home : it.get("namespace").toString();
        return switch (String.valueOf(it.get("kind"))) {
            case "ServiceAccount" -> Stream.of(new Named(namespace, name));
            case "Namespace" -> Stream.of(new Named(name, ANY));
            default -> Stream.empty();
        };
    }

    private static Stream<Named> named(String identity) {
        var match = IDENTITY.matcher(identity);
        return match.matches()
                ? Stream.of(new Named(match.group(2), match.group(1).equals("*") ? ANY : match.group(1)))
                : Stream.empty();
    }
}
