package dev.bulkhead.faults.random;

/** One thing that a user does to what an environment is made of. */
public sealed interface Deed {

    /** Which resource. */
    String kind();

    String name();

    /** It is written like this, whether it was there or not. */
    record Put(String kind, String name, String spec) implements Deed {

        /** As a manifest, for whatever namespace it is applied to. */
        public String manifest() {
            return """
                    apiVersion: bulkhead.dev/v1alpha1
                    kind: %s
                    metadata: {name: %s}
                    spec: %s
                    """.formatted(kind, name, spec);
        }

        @Override
        public String toString() {
            return "put %s %s %s".formatted(kind, name, spec);
        }
    }

    /** It is deleted, if it is there. */
    record Remove(String kind, String name) implements Deed {

        @Override
        public String toString() {
            return "remove %s %s".formatted(kind, name);
        }
    }
}
