package dev.bulkhead.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * Names one object of a target cluster.
 *
 * @param namespace empty for a cluster-scoped kind
 */
public record Ref(Kind kind, String namespace, String name) implements Comparable<Ref> {

    public static Ref of(HasMetadata object) {
        var kind = Kind.of(object);
        var namespace =
                kind.scope() == Kind.Scope.CLUSTER ? "" : object.getMetadata().getNamespace();
        return new Ref(kind, namespace, object.getMetadata().getName());
    }

    public static Ref namespace(String name) {
        return new Ref(Kind.NAMESPACE, "", name);
    }

    /** The namespace that must exist before this object can: its own name for a Namespace. */
    public String home() {
        return kind == Kind.NAMESPACE ? name : namespace;
    }

    @Override
    public int compareTo(Ref other) {
        return toString().compareTo(other.toString());
    }

    /** As people write it: {@code Deployment shop-staging-web/api}. */
    @Override
    public String toString() {
        return namespace.isEmpty() ? kind.kind() + " " + name : kind.kind() + " " + namespace + "/" + name;
    }
}
