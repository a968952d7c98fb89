package dev.bulkhead.kube;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The kinds that a cluster serves, by any name that kubectl would take: kind, singular, plural, short name, plural.group. */
final class Kinds {

    private final KubernetesClient client;
    private List<Served> served = List.of();

    private record Served(String group, String version, APIResource resource) {

        boolean isCalled(String word) {
            return Stream.of(
                                    resource.getKind(),
                                    resource.getName(),
                                    resource.getSingularName(),
                                    resource.getName() + "." + group)
                            .anyMatch(name -> name != null
                                    && name.toLowerCase(Locale.ROOT).equals(word))
                    || (resource.getShortNames() != null
                            && resource.getShortNames().contains(word));
        }

        ResourceDefinitionContext context() {
            return new ResourceDefinitionContext.Builder()
                    .withGroup(group)
                    .withVersion(version)
                    .withKind(resource.getKind())
                    .withPlural(resource.getName())
                    .withNamespaced(resource.getNamespaced())
                    .build();
        }
    }

    Kinds(KubernetesClient client) {
        this.client = client;
    }

    ResourceDefinitionContext get(String name) {
        var word = name.toLowerCase(Locale.ROOT);
        return find(called(word))
                .orElseThrow(() -> new IllegalArgumentException("the cluster serves no kind '%s'".formatted(name)));
    }

    ResourceDefinitionContext get(String apiVersion, String kind) {
        return find(served -> served.resource().getKind().equals(kind)
                        && apiVersion.equals(
                                served.group().isEmpty() ? served.version() : served.group() + "/" + served.version()))
                .orElseThrow(() ->
                        new IllegalArgumentException("the cluster serves no %s of %s".formatted(kind, apiVersion)));
    }

    private static Predicate<Served> called(String word) {
        return served -> served.isCalled(word);
    }

    /** Asks the server again when a kind is not known: a CRD may have come since. */
    private Optional<ResourceDefinitionContext> find(Predicate<Served> wanted) {
        var known = served.stream().filter(wanted).findFirst();
        if (known.isEmpty()) {
            served = discover();
            known = served.stream().filter(wanted).findFirst();
        }
        return known.map(Served::context);
    }

    private List<Served> discover() {
        var found = new ArrayList<Served>();
        resources("v1").forEach(resource -> found.add(new Served("", "v1", resource)));
        for (var group : client.getApiGroups().getGroups()) {
            for (var version : group.getVersions()) {
                resources(version.getGroupVersion())
                        .forEach(resource -> found.add(new Served(group.getName(), version.getVersion(), resource)));
            }
        }
        return List.copyOf(found);
    }

    private Stream<APIResource> resources(String groupVersion) {
        var list = client.getApiResources(groupVersion);
        return list == null
                ? Stream.empty()
                : list.getResources().stream()
                        .filter(resource -> !resource.getName().contains("/"));
    }
}
