package dev.bulkhead.environment.pillar;

import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Level;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.network.RequestMatch;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import java.util.List;
import java.util.Map;

/** What is said to the mesh in one namespace, as Linkerd and the Gateway API write it. */
record MeshWords(Blueprint blueprint, String namespace) {

    /** Whoever comes; who that can be, NetworkPolicies say. */
    static final String EVERYBODY = "everybody";

    Entry server(Origin origin, String name, String says, Map<String, Object> pods, Object port, String protocol) {
        return object(
                Kind.SERVER,
                Level.DENY,
                origin,
                name,
                says,
                Map.of(
                        "podSelector",
                        pods,
                        "port",
                        port,
                        "proxyProtocol",
                        protocol,
                        "accessPolicy",
                        new Mesh(blueprint).refusal()));
    }

    Entry everybody() {
        return authorization(
                Kind.NETWORK_AUTHENTICATION,
                blueprint.origin(),
                EVERYBODY,
                "whoever comes; who that can be, NetworkPolicies say",
                Map.of("networks", List.of(Map.of("cidr", "0.0.0.0/0"), Map.of("cidr", "::/0"))));
    }

    /** The caller of an edge, by the account that its pods run as. */
    Entry caller(Edge edge) {
        var account = edge.caller();
        return authorization(
                Kind.MESH_TLS_AUTHENTICATION,
                edge.origin(),
                edge.nameAtCallee(),
                edge.says(),
                account.namespace().equals(namespace)
                        ? Map.of("identityRefs", List.of(Map.of("kind", "ServiceAccount", "name", account.name())))
                        : Map.of("identities", List.of(new Mesh(blueprint).identity(account))));
    }

    /** @param authentication {@link #EVERYBODY}, else the name of a caller's */
    Entry policy(Origin origin, String name, String says, Kind target, String targetName, String authentication) {
        var kind = authentication.equals(EVERYBODY) ? Kind.NETWORK_AUTHENTICATION : Kind.MESH_TLS_AUTHENTICATION;
        return authorization(
                Kind.AUTHORIZATION_POLICY,
                origin,
                name,
                says,
                Map.of(
                        "targetRef",
                        reference(target, targetName),
                        "requiredAuthenticationRefs",
                        List.of(reference(kind, authentication))));
    }

    Entry route(Origin origin, String name, String says, String server, RequestMatch match) {
        var path = Map.of("type", match.prefix() ? "PathPrefix" : "Exact", "value", match.value());
        return authorization(
                Kind.HTTP_ROUTE,
                origin,
                name,
                says,
                Map.of(
                        "parentRefs",
                        List.of(reference(Kind.SERVER, server)),
                        "rules",
                        List.of(Map.of(
                                "matches",
                                List.of(
                                        match.method().isEmpty()
                                                ? Map.of("path", path)
                                                : Map.of("path", path, "method", match.method()))))));
    }

    private static Map<String, Object> reference(Kind kind, String name) {
        return Map.of("group", kind.group(), "kind", kind.kind(), "name", name);
    }

    private Entry authorization(Kind kind, Origin origin, String name, String says, Map<String, Object> spec) {
        return object(kind, Level.AUTHORIZATION, origin, name, says, spec);
    }

    Entry object(Kind kind, Level level, Origin origin, String name, String says, Map<String, Object> spec) {
        return new ObjectEntry(
                new GenericKubernetesResourceBuilder()
                        .withApiVersion(kind.apiVersion())
                        .withKind(kind.kind())
                        .withMetadata(blueprint
                                .metadata(namespace, name)
                                .addToAnnotations(Policies.EDGE, says)
                                .build())
                        .addToAdditionalProperties("spec", spec)
                        .build(),
                level,
                origin);
    }
}
