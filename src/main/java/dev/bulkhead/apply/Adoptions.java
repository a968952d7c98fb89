package dev.bulkhead.apply;

import dev.bulkhead.apply.Adoption.Stage;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** What an environment has adopted. A value, and an input of its plan. */
public record Adoptions(Map<Ref, Adoption> byRef) {

    public static final Adoptions NONE = new Adoptions(Map.of());

    /** What seals a namespace isn't kept as it was found: it is made as declared, or there is no wall. */
    private static final Set<Kind> PERIMETER = Set.of(
            Kind.NETWORK_POLICY,
            Kind.ROLE_BINDING,
            Kind.RESOURCE_QUOTA,
            Kind.LIMIT_RANGE,
            Kind.SERVER,
            Kind.MESH_TLS_AUTHENTICATION,
            Kind.NETWORK_AUTHENTICATION,
            Kind.AUTHORIZATION_POLICY,
            Kind.HTTP_ROUTE,
            Kind.EGRESS_NETWORK,
            Kind.TLS_ROUTE,
            Kind.TLS_ROUTE_ALPHA);

    public Adoptions {
        byRef = Collections.unmodifiableMap(new TreeMap<>(byRef));
    }

    public static boolean isPerimeter(Kind kind) {
        return PERIMETER.contains(kind);
    }

    public Optional<Adoption> find(Ref ref) {
        return Optional.ofNullable(byRef.get(ref));
    }

    /** By which labels the pods of what was adopted are found; empty for what wasn't. */
    public Map<String, String> selector(Ref ref) {
        return find(ref).map(Adoption::selector).orElse(Map.of());
    }

    public boolean keeps(Ref ref) {
        return find(ref).filter(it -> it.stage() == Stage.KEPT).isPresent();
    }

    boolean takes(Ref ref) {
        return find(ref).filter(it -> it.stage() == Stage.TAKING).isPresent();
    }

    public Adoptions with(Map<Ref, Adoption> others) {
        var next = new TreeMap<>(byRef);
        next.putAll(others);
        return new Adoptions(next);
    }

    public Adoptions without(Set<Ref> gone) {
        var next = new TreeMap<>(byRef);
        next.keySet().removeAll(gone);
        return new Adoptions(next);
    }

    public Adoptions where(BiPredicate<Ref, Adoption> holds) {
        var next = new TreeMap<>(byRef);
        next.entrySet().removeIf(it -> !holds.test(it.getKey(), it.getValue()));
        return new Adoptions(next);
    }

    /** What has been written as planned isn't being taken any more. */
    Adoptions written(Set<Ref> refs) {
        var next = new TreeMap<>(byRef);
        next.replaceAll((ref, adoption) ->
                adoption.stage() == Stage.TAKING && refs.contains(ref) ? adoption.taken() : adoption);
        return new Adoptions(next);
    }

    /** Of what is kept as it was found an entry says only whose it is. */
    public Entry reduce(Entry entry) {
        return entry instanceof Entry.ObjectEntry object && keeps(entry.ref())
                ? new Entry.ObjectEntry(ownershipOf(object), object.level(), object.origin())
                : entry;
    }

    static GenericKubernetesResource ownershipOf(Entry.ObjectEntry entry) {
        var metadata = entry.object().getMetadata();
        var labels = new TreeMap<>(metadata.getLabels());
        labels.keySet().removeIf(key -> !Ownership.isOurs(key));
        var annotations = new TreeMap<>(metadata.getAnnotations());
        annotations.keySet().removeIf(key -> !Ownership.isOurs(key));
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(entry.ref().kind().apiVersion())
                .withKind(entry.ref().kind().kind())
                .withNewMetadata()
                .withNamespace(
                        entry.ref().namespace().isEmpty() ? null : entry.ref().namespace())
                .withName(entry.ref().name())
                .withLabels(labels)
                .withAnnotations(annotations)
                .endMetadata()
                .build();
    }
}
