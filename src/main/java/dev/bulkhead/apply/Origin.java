package dev.bulkhead.apply;

/** The custom resource of the hub that an entry exists for; problems with the entry are reported there. */
public record Origin(Contributor kind, String name) {

    /** The kinds that shape an environment's plan, the environment itself first. */
    public enum Contributor {
        ENVIRONMENT("Environment"),
        WORKLOAD("Workload"),
        NETWORK_POLICY_SET("NetworkPolicySet"),
        SECRET_SCOPE("SecretScope");

        private final String kind;

        Contributor(String kind) {
            this.kind = kind;
        }

        public String kind() {
            return kind;
        }
    }

    public static Origin environment(String name) {
        return new Origin(Contributor.ENVIRONMENT, name);
    }

    public static Origin workload(String name) {
        return new Origin(Contributor.WORKLOAD, name);
    }

    public static Origin networkPolicySet(String name) {
        return new Origin(Contributor.NETWORK_POLICY_SET, name);
    }

    public static Origin secretScope(String name) {
        return new Origin(Contributor.SECRET_SCOPE, name);
    }

    @Override
    public String toString() {
        return kind.kind() + " " + name;
    }
}
