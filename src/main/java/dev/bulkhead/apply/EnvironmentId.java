package dev.bulkhead.apply;

/** An environment, told apart from all others of one hub. */
public record EnvironmentId(String namespace, String name) {

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
