package dev.bulkhead.environment;

/** What the worlds of several tests have in common, as users write it. */
final class Texts {

    /** An entry {@code db}, and the Secret of the hub that it is made from. */
    static final String DB_SECRET = """
            kind: SecretScope
            metadata: {name: secrets, namespace: shop}
            spec:
              environmentRef: {name: staging}
              entries: [{name: db, type: Static, from: {secretRef: {name: db, key: password}}}]
            ---
            kind: Secret
            metadata: {name: db}
            stringData: {password: old}
            ---
            """;

    /** A frontend that calls an api. */
    static final String SHOP = """
            kind: Environment
            metadata: {name: staging, namespace: shop}
            spec:
              clusterRef: {name: local}
              namespaces: [{name: web}]
            ---
            """ + workload("api", "ports: [{name: http, port: 80}]") + "---\n"
            + workload("frontend", "calls: [{workload: api, port: http}]");

    private Texts() {}

    /** In namespace web of staging. */
    static String workload(String name, String spec) {
        return """
                kind: Workload
                metadata: {name: %1$s, namespace: shop}
                spec:
                  environmentRef: {name: staging}
                  name: %1$s
                  targetNamespace: web
                  image: registry.example.com/shop/%1$s:1
                %2$s""".formatted(name, spec.indent(2));
    }
}
