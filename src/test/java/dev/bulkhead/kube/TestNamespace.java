package dev.bulkhead.kube;

/** A namespace that one test has for itself; a team's, as classes see it. */
public record TestNamespace(String name) {

    /** A name in this namespace, as {@link TestCluster} takes it. */
    public String of(String object) {
        return name + "/" + object;
    }

    @Override
    public String toString() {
        return name;
    }
}
