package dev.bulkhead.network.reach;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.network.reach.Endpoint.Probing;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that decides who reaches whom: the objects of a cluster, or those of a plan that isn't one yet.
 *
 * @param namespaceLabels those that were seen; of the others only the name is known
 * @param mesh objects of Linkerd and of the Gateway API
 */
public record World(
        List<Endpoint> endpoints,
        List<NetworkPolicy> policies,
        List<GenericKubernetesResource> mesh,
        Map<String, Map<String, String>> namespaceLabels,
        Facts facts) {

    private static final Set<String> MESH = Set.of("policy.linkerd.io", "linkerd.io", "gateway.networking.k8s.io");

    public World {
        endpoints = List.copyOf(endpoints);
        policies = List.copyOf(policies);
        mesh = List.copyOf(mesh);
        namespaceLabels = Map.copyOf(namespaceLabels);
    }

    /** What isn't of a kind that matters here is passed over. */
    public static World of(Collection<? extends HasMetadata> objects, Facts facts) {
        var namespaces = new TreeMap<String, Namespace>();
        only(objects, Namespace.class)
                .forEach(namespace -> namespaces.put(namespace.getMetadata().getName(), namespace));
        var labels = new TreeMap<String, Map<String, String>>();
        namespaces.forEach((name, namespace) ->
                labels.put(name, Selecting.orNone(namespace.getMetadata().getLabels())));
        return new World(
                new Endpoints(namespaces, facts).of(objects),
                only(objects, NetworkPolicy.class).toList(),
                objects.stream().flatMap(World::generic).toList(),
                labels,
                facts);
    }

    /** The same with more who may call or be called, unless somebody of that name is there already. */
    public World with(Collection<Endpoint> others) {
        var known = endpoints.stream().map(Endpoint::id).collect(Collectors.toSet());
        return new World(
                Stream.concat(endpoints.stream(), others.stream().filter(other -> known.add(other.id())))
                        .toList(),
                policies,
                mesh,
                namespaceLabels,
                facts);
    }

    /** The same, of whose pods the kubelet asks more than their templates say: by the pods' id. */
    public World asked(Map<String, List<Probing>> more) {
        return new World(
                endpoints.stream()
                        .map(endpoint -> endpoint.asked(more.getOrDefault(endpoint.id(), List.of())))
                        .toList(),
                policies,
                mesh,
                namespaceLabels,
                facts);
    }

    /** The same, with proxies that reach each other in another way. */
    public World with(Facts.Transport transport) {
        return new World(endpoints, policies, mesh, namespaceLabels, facts.with(transport));
    }

    public Matrix matrix() {
        return Reach.of(this).matrix();
    }

    Map<String, String> labelsOf(String namespace) {
        var labels = new TreeMap<>(namespaceLabels.getOrDefault(namespace, Map.of()));
        labels.put(Selecting.NAMESPACE_NAME, namespace);
        return labels;
    }

    /** The oldest first, as Linkerd takes them; what isn't made yet is the youngest. */
    Stream<GenericKubernetesResource> mesh(String kind) {
        return mesh.stream()
                .filter(object -> kind.equals(object.getKind()))
                .sorted(Comparator.comparing(World::created)
                        .thenComparing(object -> object.getMetadata().getNamespace())
                        .thenComparing(object -> object.getMetadata().getName()));
    }

    private static String created(HasMetadata object) {
        var created = object.getMetadata().getCreationTimestamp();
        return created == null ? "\uffff" : created;
    }

    /** Kinds of the mesh may come with a class of their own, if there is one on the class path. */
    private static Stream<GenericKubernetesResource> generic(HasMetadata object) {
        if (object instanceof GenericKubernetesResource it) {
            return Stream.of(it);
        }
        return MESH.contains(HasMetadata.getGroup(object.getClass()))
                ? Stream.of(new ObjectMapper().convertValue(object, GenericKubernetesResource.class))
                : Stream.empty();
    }

    private static <T> Stream<T> only(Collection<? extends HasMetadata> objects, Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast);
    }
}
