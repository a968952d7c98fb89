package dev.bulkhead.network.reach;

import static dev.bulkhead.network.reach.Inside.age;
import static dev.bulkhead.network.reach.Inside.list;
import static dev.bulkhead.network.reach.Inside.map;
import static dev.bulkhead.network.reach.Inside.selector;
import static dev.bulkhead.network.reach.Inside.spec;
import static dev.bulkhead.network.reach.Inside.string;

import dev.bulkhead.api.v1alpha1.Protocol;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of the brute-force model that is the proxy beside the callee. */
record OracleMesh(World world) {

    boolean authorizes(Packet packet) {
        var to = packet.to();
        var server = serverOf(to, packet.port());
        if (server == null) {
            return withoutServer(packet, to);
        }
        var anyway = grantedBy(string(spec(server).getOrDefault("accessPolicy", "deny")), packet, false);
        for (var policy : kind("AuthorizationPolicy")) {
            if (policy.getMetadata().getNamespace().equals(to.namespace())) {
                var target = map(spec(policy).get("targetRef"));
                var meant = string(target.get("kind")).equals("Namespace")
                                && string(target.get("name")).equals(to.namespace())
                        || string(target.get("kind")).equals("Server")
                                && string(target.get("name"))
                                        .equals(server.getMetadata().getName());
                anyway |= meant && satisfied(policy, packet);
            }
        }
        var protocol = string(spec(server).getOrDefault("proxyProtocol", "unknown"));
        var isHttp =
                packet.request() != null && !List.of("opaque", "TLS", "gRPC").contains(protocol);
        if (!isHttp) {
            return anyway;
        }
        var routes = new ArrayList<GenericKubernetesResource>();
        for (var route : kind("HTTPRoute")) {
            if (OracleRoutes.isAttached(route, server)) {
                routes.add(route);
            }
        }
        if (routes.isEmpty()) {
            return anyway || isProbe(packet, to);
        }
        var best = OracleRoutes.best(routes, packet.request());
        if (best == null) {
            return false;
        }
        for (var policy : kind("AuthorizationPolicy")) {
            var target = map(spec(policy).get("targetRef"));
            if (policy.getMetadata().getNamespace().equals(to.namespace())
                    && string(target.get("kind")).equals("HTTPRoute")
                    && string(target.get("name")).equals(best.getMetadata().getName())
                    && best.getApiVersion().startsWith(string(target.get("group")) + "/")
                    && satisfied(policy, packet)) {
                return true;
            }
        }
        return anyway;
    }

    private boolean withoutServer(Packet packet, Endpoint to) {
        var strict = Oracle.holds(to.proxy().requireIdentity(), packet.port());
        if (grantedBy(to.proxy().inbound().value(), packet, strict)) {
            return true;
        }
        return packet.request() != null && !Oracle.holds(to.proxy().opaque(), packet.port()) && isProbe(packet, to);
    }

    private boolean grantedBy(String policy, Packet packet, boolean strict) {
        var known = !identity(packet).isEmpty();
        var inCluster = world.facts().clusterNetworks().stream()
                .anyMatch(network -> Oracle.isIn(packet.fromAddress(), network));
        return switch (policy) {
            case "all-unauthenticated" -> known || !strict;
            case "all-authenticated" -> known;
            case "cluster-unauthenticated" -> inCluster && (known || !strict);
            case "cluster-authenticated" -> inCluster && known;
            case "audit" -> true;
            default -> false;
        };
    }

    private boolean isProbe(Packet packet, Endpoint to) {
        return packet.request().method().equals("GET")
                && world.facts().probeNetworks().stream()
                        .anyMatch(network -> Oracle.isIn(packet.fromAddress(), network))
                && to.probes().stream()
                        .anyMatch(probe -> probe.authorized()
                                && probe.port() == packet.port()
                                && probe.path().equals(packet.request().path()));
    }

    private String identity(Packet packet) {
        var from = packet.from();
        return from == null || !from.meshed() || Oracle.holds(from.proxy().skipOutbound(), packet.port())
                ? ""
                : "%s.%s.serviceaccount.identity.linkerd.cluster.local"
                        .formatted(from.serviceAccount(), from.namespace());
    }

    @Nullable
    GenericKubernetesResource serverOf(Endpoint to, int port) {
        GenericKubernetesResource oldest = null;
        for (var server : kind("Server")) {
            var wanted = spec(server).get("port");
            var hits = wanted instanceof Integer number
                    ? number == port
                    : to.ports().stream()
                            .anyMatch(it ->
                                    it.name().equals(wanted) && it.protocol() == Protocol.TCP && it.port() == port);
            if (hits
                    && server.getMetadata().getNamespace().equals(to.namespace())
                    && Oracle.fits(selector(spec(server).get("podSelector")), to.labels())
                    && (oldest == null || age(server).compareTo(age(oldest)) < 0)) {
                oldest = server;
            }
        }
        return oldest;
    }

    private boolean satisfied(GenericKubernetesResource policy, Packet packet) {
        var home = policy.getMetadata().getNamespace();
        var names = 0;
        var networks = 0;
        for (var item : list(spec(policy).get("requiredAuthenticationRefs"))) {
            var reference = map(item);
            var kind = string(reference.get("kind"));
            var namespace = string(reference.getOrDefault("namespace", home));
            var name = string(reference.get("name"));
            names += kind.equals("NetworkAuthentication") ? 0 : 1;
            networks += kind.equals("NetworkAuthentication") ? 1 : 0;
            if (names > 1 || networks > 1 || !satisfied(kind, namespace, name, packet)) {
                return false;
            }
        }
        return true;
    }

    private boolean satisfied(String kind, String namespace, String name, Packet packet) {
        var identity = identity(packet);
        if (kind.equals("ServiceAccount")) {
            return identity.equals(account(namespace, name));
        }
        for (var authentication : kind(kind)) {
            if (authentication.getMetadata().getNamespace().equals(namespace)
                    && authentication.getMetadata().getName().equals(name)) {
                return kind.equals("NetworkAuthentication")
                        ? comesFrom(authentication, packet)
                        : isOneOf(authentication, identity);
            }
        }
        return false;
    }

    private static boolean comesFrom(GenericKubernetesResource authentication, Packet packet) {
        for (var item : list(spec(authentication).get("networks"))) {
            var network = map(item);
            var outOf = list(network.get("except")).stream()
                    .anyMatch(hole -> Oracle.isIn(packet.fromAddress(), string(hole)));
            if (Oracle.isIn(packet.fromAddress(), string(network.get("cidr"))) && !outOf) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOneOf(GenericKubernetesResource authentication, String identity) {
        if (identity.isEmpty()) {
            return false;
        }
        for (var item : list(spec(authentication).get("identities"))) {
            var pattern = string(item);
            if (pattern.equals("*")
                    || pattern.startsWith("*.") && identity.endsWith(pattern.substring(1))
                    || pattern.equals(identity)) {
                return true;
            }
        }
        for (var item : list(spec(authentication).get("identityRefs"))) {
            var reference = map(item);
            var name = string(reference.get("name"));
            if (string(reference.get("kind")).equals("Namespace")) {
                if (identity.endsWith("." + name + ".serviceaccount.identity.linkerd.cluster.local")) {
                    return true;
                }
            } else {
                var home = authentication.getMetadata().getNamespace();
                if (identity.equals(account(string(reference.getOrDefault("namespace", home)), name))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String account(String namespace, String name) {
        return name + "." + namespace + ".serviceaccount.identity.linkerd.cluster.local";
    }

    private List<GenericKubernetesResource> kind(String kind) {
        return world.mesh().stream().filter(it -> it.getKind().equals(kind)).toList();
    }
}
