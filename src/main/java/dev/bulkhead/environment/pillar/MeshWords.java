package dev.bulkhead.environment.pillar;

import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Entry.ObjectEntry;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Level;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.environment.Blueprint;
import dev.bulkhead.environment.pillar.Admission.Account;
import dev.bulkhead.network.Peer;
import dev.bulkhead.network.RequestMatch;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What is said to the mesh in one namespace, as Linkerd and the Gateway API write it. */
record MeshWords(Blueprint blueprint, String namespace) {

    /** Whoever comes; who that can be, NetworkPolicies say. */
    static final String EVERYBODY = "everybody";

    /** Who comes by way of the cluster's nodes. */
    private static final String NODES = "nodes";

    private static final Set<String> BY_ADDRESS = Set.of(EVERYBODY, NODES);

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
        return addresses(
                EVERYBODY, "whoever comes; who that can be, NetworkPolicies say", Stream.of("0.0.0.0/0", "::/0"));
    }

    /** Of the platform. Addresses of pods come and go, so that those are known by none. */
    Entry caller(Admission admission) {
        if (admission.account() != null) {
            return account(admission.origin(), admission.name(), admission.says(), admission.account());
        }
        return admission.from().stream().allMatch(Peer.Addresses.class::isInstance)
                ? addresses(
                        NODES,
                        "the API server, by way of the nodes",
                        admission.from().stream()
                                .map(Peer.Addresses.class::cast)
                                .map(Peer.Addresses::cidr))
                : everybody();
    }

    private Entry addresses(String name, String says, Stream<String> blocks) {
        return authorization(
                Kind.NETWORK_AUTHENTICATION,
                blueprint.origin(),
                name,
                says,
                Map.of("networks", blocks.map(block -> Map.of("cidr", block)).toList()));
    }

    /** The caller of an edge, by the account that its pods run as. */
    Entry caller(Edge edge) {
        return account(edge.origin(), edge.nameAtCallee(), edge.says(), Account.of(edge.caller()));
    }

    /** Whoever runs as an account. What its identity is called then, the mesh knows. */
    Entry account(Origin origin, String name, String says, Account account) {
        return authorization(
                Kind.MESH_TLS_AUTHENTICATION,
                origin,
                name,
                says,
                Map.of(
                        "identityRefs",
                        List.of(Map.of(
                                "kind", "ServiceAccount", "namespace", account.namespace(), "name", account.name()))));
    }

    /** @param authentication the name of the entry that tells the caller */
    Entry policy(Origin origin, String name, String says, Kind target, String targetName, String authentication) {
        var kind = BY_ADDRESS.contains(authentication) ? Kind.NETWORK_AUTHENTICATION : Kind.MESH_TLS_AUTHENTICATION;
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
        return object(
                Kind.HTTP_ROUTE,
                match.equals(RequestMatch.ALL) ? Level.AUTHORIZATION : Level.ROUTE,
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
