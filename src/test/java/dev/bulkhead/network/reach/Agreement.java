package dev.bulkhead.network.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.Protocol;
import dev.bulkhead.network.reach.Facts.Transport;
import dev.bulkhead.network.reach.Packet.Request;
import inet.ipaddr.IPAddressString;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The matrix against the brute-force model, for every kind of call in a world. */
final class Agreement {

    private Agreement() {}

    private static final List<Integer> PORTS = List.of(8080, 8081, 9090, 5432, 4143, 4191, 8500);
    private static final List<String> PATHS =
            List.of("/", "/v1", "/v1/", "/v1/a", "/v1/admin", "/v1/admin/x", "/v10", "/health", "/health/x");
    private static final List<String> METHODS = List.of("GET", "POST", "DELETE");

    /** What a caller may bring beside method and path, in every combination. */
    private static final List<Set<String>> EXTRAS =
            List.of(Set.of(), Set.of("canary=1"), Set.of("beta=1"), Set.of("canary=1", "beta=1"));

    private static final List<String> HOSTS = List.of("", "api.example.com");

    /** Somebody in both models: in one with all the addresses that it may have, in the other one by one. */
    private record Someone(Party party, @Nullable Endpoint endpoint, List<String> addresses) {}

    /** @param stride of how many pairs of ends and port one is looked at; which, differs from world to world */
    static void check(World world, int stride) {
        var matrix = world.matrix();
        var everybody = everybody(world, matrix);
        var count = world.hashCode() & 0xff;
        for (var from : everybody) {
            for (var to : everybody) {
                if (from.endpoint == null && to.endpoint == null) {
                    continue;
                }
                var edges =
                        matrix.between(List.of(from.party), List.of(to.party)).edges();
                for (var port : PORTS) {
                    if (count++ % stride == 0) {
                        agree(world, from, to, Protocol.TCP, port, edges);
                    }
                }
                agree(world, from, to, Protocol.UDP, 8080, edges);
            }
        }
    }

    private static void agree(World world, Someone from, Someone to, Protocol protocol, int port, List<Edge> edges) {
        var access = edges.stream()
                .filter(edge -> edge.ports().contains(protocol, port))
                .map(Edge::access)
                .reduce(Access.NONE, Access::or);
        var models = models(world);
        if (protocol == Protocol.UDP || !speaksOnlyHttp(world, to, port)) {
            assertThat(access.raw())
                    .as("bytes from %s to %s %s %d; edges %s", from.party, to.party, protocol, port, edges)
                    .isEqualTo(passes(models, from, to, protocol, port, null));
        }
        if (protocol == Protocol.UDP) {
            return;
        }
        for (var method : METHODS) {
            for (var path : PATHS) {
                assertThat(access.requests().contains(method, path))
                        .as("%s %s from %s to %s %d; edges %s", method, path, from.party, to.party, port, edges)
                        .isEqualTo(choices(world, method, path)
                                .anyMatch(request -> passes(models, from, to, protocol, port, request)));
            }
        }
    }

    /** In a world whose mode isn't known, what passes in either passes. */
    private static List<Oracle> models(World world) {
        var transport = world.facts().transport();
        return Stream.of(false, true)
                .filter(transparent ->
                        transport == Transport.UNKNOWN || transparent == (transport == Transport.TRANSPARENT))
                .map(transparent -> new Oracle(world, transparent))
                .toList();
    }

    private static Stream<Request> choices(World world, String method, String path) {
        return world.mesh("HTTPRoute").findAny().isEmpty()
                ? Stream.of(Request.of(method, path))
                : HOSTS.stream()
                        .flatMap(host -> EXTRAS.stream().map(extras -> new Request(method, path, extras, host)));
    }

    private static boolean passes(
            List<Oracle> models, Someone from, Someone to, Protocol protocol, int port, @Nullable Request request) {
        return models.stream().anyMatch(model -> from.addresses.stream().anyMatch(here -> to.addresses.stream()
                .anyMatch(there ->
                        model.passes(new Packet(from.endpoint, here, to.endpoint, there, protocol, port, request)))));
    }

    /** There a stream of bytes is nothing that anybody could send. */
    private static boolean speaksOnlyHttp(World world, Someone to, int port) {
        if (to.endpoint == null || !to.endpoint.meshed()) {
            return false;
        }
        var server = new OracleMesh(world).serverOf(to.endpoint, port);
        return server != null
                && Inside.string(Inside.spec(server).get("proxyProtocol")).startsWith("HTTP");
    }

    private static List<Someone> everybody(World world, Matrix matrix) {
        var everybody = new ArrayList<Someone>();
        for (var endpoint : world.endpoints()) {
            everybody.add(new Someone(endpoint, endpoint, addresses(endpoint)));
        }
        for (var address : RandomWorld.OTHER_ADDRESSES) {
            var region = matrix.parties().stream()
                    .filter(Outside.class::isInstance)
                    .filter(party -> party.addresses().stream()
                            .anyMatch(range -> range.contains(new IPAddressString(address).getAddress())))
                    .toList();
            assertThat(region).as("the region of " + address).hasSize(1);
            everybody.add(new Someone(region.getFirst(), null, List.of(address)));
        }
        return everybody;
    }

    private static List<String> addresses(Endpoint endpoint) {
        if (endpoint.hostNetwork()) {
            return RandomWorld.NODES;
        }
        return endpoint.addresses().isEmpty()
                ? RandomWorld.POD_ADDRESSES
                : List.of(endpoint.addresses().getFirst().getLower().toCanonicalString());
    }
}
