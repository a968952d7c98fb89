package dev.bulkhead.it.mesh;

import dev.bulkhead.kube.TestNamespace;

/** Where the pods of a {@link Crossing} are: the environment's one namespace, and one that belongs to nobody. */
record Places(String web, String outside) {

    /** All resources, as users write them. */
    static final String RESOURCES = "src/test/resources/meshed";

    static Places of(TestNamespace hub) {
        return new Places(hub + "-meshed-web", hub + "-outside");
    }

    /** {@code web/frontend} as the cluster knows it. */
    String of(String who) {
        return who.startsWith("web/") ? web + who.substring(3) : outside + who.substring(7);
    }

    /** Pods without proxies that are of no environment. */
    String strangers() {
        return """
                apiVersion: v1
                kind: Namespace
                metadata: {name: %1$s}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: stranger, namespace: %1$s, labels: {app: stranger}}
                spec: {containers: [{name: stranger, image: "%2$s", imagePullPolicy: IfNotPresent}]}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: neighbour, namespace: %1$s, labels: {app: neighbour}}
                spec:
                  containers:
                  - {name: neighbour, image: "%2$s", imagePullPolicy: IfNotPresent, ports: [{name: http, containerPort: 8080}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: neighbour, namespace: %1$s}
                spec: {selector: {app: neighbour}, ports: [{name: http, port: 80, targetPort: 8080}]}
                """.formatted(outside, "registry.example.com/bulkhead/testapp:1");
    }
}
