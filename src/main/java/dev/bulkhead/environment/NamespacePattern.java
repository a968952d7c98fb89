package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.EnvironmentNamespace;
import dev.bulkhead.apply.EnvironmentId;

/** How a class names the namespaces of its environments. The placeholders are checked by the API server (CEL). */
public record NamespacePattern(String pattern) {

    /** The longest name of a namespace, RFC 1123's label. */
    public static final int LONGEST = 63;

    public static NamespacePattern of(String pattern) {
        return new NamespacePattern(pattern);
    }

    /** What a namespace of an environment is called in the target cluster: as it was before us, or by the pattern. */
    public String name(EnvironmentId environment, EnvironmentNamespace namespace) {
        return namespace.existingName() == null ? name(environment, namespace.name()) : namespace.existingName();
    }

    /** What it would be called by the pattern alone. */
    public String name(EnvironmentId environment, String namespace) {
        return pattern.replace("{hubNamespace}", environment.namespace())
                .replace("{environment}", environment.name())
                .replace("{name}", namespace);
    }
}
