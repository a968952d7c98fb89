package dev.bulkhead.network.reach;

import dev.bulkhead.network.reach.Routing.Match;
import dev.bulkhead.network.reach.Routing.Paths;
import dev.bulkhead.network.reach.Routing.Route;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who is authorized where: AuthorizationPolicies with the authentications that they want, and HTTP routes. */
final class Authorizations {

    static final String LINKERD = "policy.linkerd.io";

    private static final String ROUTE = "HTTPRoute";
    private static final String NETWORK = "NetworkAuthentication";

    private final Facts facts;
    private final AddressSpace space;
    private final Grant probing;
    private final BitSet cluster;
    private final Map<Named, GenericKubernetesResource> authentications;
    private final Map<Named, List<Grant>> grants = new HashMap<>();
    private final Map<Named, Routing> routes;

    /** An object among those of its kind. */
    private record Named(String kind, String namespace, String name) {}

    Authorizations(World world, AddressSpace space) {
        this.facts = world.facts();
        this.space = space;
        this.probing = in(Network.of(facts.probeNetworks()), Grant.NO_IDENTITY);
        this.cluster = space.of(Network.of(facts.clusterNetworks()));
        this.authentications = Stream.of("MeshTLSAuthentication", NETWORK)
                .flatMap(world::mesh)
                .collect(Collectors.toMap(Authorizations::named, object -> object, (one, _) -> one));
        world.mesh("AuthorizationPolicy").forEach(this::read);
        var attached = new HashMap<Named, List<Route>>();
        world.mesh(ROUTE).forEach(route -> servers(route)
                .forEach(server ->
                        attached.computeIfAbsent(server, _ -> new ArrayList<>()).add(route(route))));
        this.routes = attached.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> new Routing(List.copyOf(entry.getValue()))));
    }

    /** Those who get in by whatever route. */
    List<Grant> onServer(GenericKubernetesResource server) {
        var namespace = server.getMetadata().getNamespace();
        return Stream.concat(
                        grants.getOrDefault(named(server), List.of()).stream(),
                        grants.getOrDefault(new Named("Namespace", namespace, namespace), List.of()).stream())
                .toList();
    }

    Routing routes(GenericKubernetesResource server) {
        return routes.getOrDefault(named(server), Routing.NONE);
    }

    Grant everywhere(List<String> identities) {
        var all = new BitSet();
        all.set(0, space.size());
        return new Grant(identities, all);
    }

    private Grant in(Network network, List<String> identities) {
        return new Grant(identities, space.of(network));
    }

    Grant inCluster(List<String> identities) {
        return new Grant(identities, cluster);
    }

    Grant probing() {
        return probing;
    }

    static Network network(GenericKubernetesResource authentication) {
        return new Network(Fields.spec(authentication).list("networks").stream()
                .flatMap(network -> Block.of(network.text("cidr"), network.strings("except")).stream())
                .toList());
    }

    private void read(GenericKubernetesResource policy) {
        var spec = Fields.spec(policy);
        var target = spec.at("targetRef");
        var kind = target.text("kind").equals(ROUTE) ? routeKind(target.text("group")) : target.text("kind");
        var on = new Named(kind, policy.getMetadata().getNamespace(), target.text("name"));
        grant(policy.getMetadata().getNamespace(), spec.list("requiredAuthenticationRefs"))
                .ifPresent(grant ->
                        grants.computeIfAbsent(on, _ -> new ArrayList<>()).add(grant));
    }

    /**
     * All that is required has to hold. If something of it isn't there, the policy grants nothing; nor does it if it wants
     * two of a sort, which Linkerd doesn't read.
     */
    private Optional<Grant> grant(String home, List<Fields> required) {
        var networks = required.stream().filter(Authorizations::isNetwork).count();
        if (networks > 1 || required.size() - networks > 1) {
            return Optional.empty();
        }
        var grant = Optional.of(everywhere(Grant.NO_IDENTITY));
        for (var reference : required) {
            var one = authentication(reference, reference.text("namespace", home));
            grant = grant.flatMap(all -> one.map(all::and));
        }
        return grant;
    }

    private static boolean isNetwork(Fields reference) {
        return reference.text("kind").equals(NETWORK);
    }

    private Optional<Grant> authentication(Fields reference, String namespace) {
        var name = reference.text("name");
        var kind = reference.text("kind");
        if (kind.equals("ServiceAccount")) {
            return Optional.of(everywhere(List.of(facts.identity(namespace, name))));
        }
        return Optional.ofNullable(authentications.get(new Named(kind, namespace, name)))
                .map(it -> isNetwork(reference) ? in(network(it), Grant.NO_IDENTITY) : everywhere(identities(it)))
                .filter(grant -> isNetwork(reference) || !grant.identities().isEmpty());
    }

    private List<String> identities(GenericKubernetesResource authentication) {
        var spec = Fields.spec(authentication);
        var home = authentication.getMetadata().getNamespace();
        var references = spec.list("identityRefs").stream()
                .map(reference -> reference.text("kind").equals("Namespace")
                        ? facts.identities(reference.text("name"))
                        : facts.identity(reference.text("namespace", home), reference.text("name")));
        return Stream.concat(spec.strings("identities").stream(), references).toList();
    }

    private Stream<Named> servers(GenericKubernetesResource route) {
        var home = route.getMetadata().getNamespace();
        return Fields.spec(route).list("parentRefs").stream()
                .filter(parent -> parent.text("kind").equals("Server")
                        && parent.text("group").equals(LINKERD)
                        && parent.text("namespace", home).equals(home))
                .map(parent -> new Named("Server", home, parent.text("name")))
                .distinct();
    }

    private Route route(GenericKubernetesResource route) {
        var spec = Fields.spec(route);
        return new Route(
                spec.strings("hostnames"),
                spec.list("rules").stream().flatMap(Authorizations::matches).toList(),
                grants.getOrDefault(named(route), List.of()));
    }

    private static Stream<Match> matches(Fields rule) {
        var matches = rule.list("matches");
        return matches.isEmpty()
                ? Stream.of(Match.EVERYTHING)
                : matches.stream().map(Authorizations::match);
    }

    private static Match match(Fields match) {
        var path = match.at("path");
        return new Match(
                match.text("method"),
                switch (path.text("type")) {
                    case "Exact" -> Paths.EXACT;
                    case "RegularExpression" -> Paths.PATTERN;
                    default -> Paths.PREFIX;
                },
                path.text("value", "/"),
                match.list("headers").stream().map(Fields::toString).toList(),
                match.list("queryParams").stream().map(Fields::toString).toList());
    }

    private static Named named(GenericKubernetesResource object) {
        var kind = object.getKind().equals(ROUTE)
                ? routeKind(object.getApiVersion().replaceFirst("/.*", ""))
                : object.getKind();
        return new Named(
                kind, object.getMetadata().getNamespace(), object.getMetadata().getName());
    }

    /** There are two kinds of that name. */
    private static String routeKind(String group) {
        return group + "/" + ROUTE;
    }
}
