package dev.bulkhead.faults.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.util.List;
import java.util.Map;

/** Something that a user does to the one environment of a hub namespace. */
enum Act {
    DECLARE {
        @Override
        void on(TestCluster cluster, TestNamespace hub, Expected expected) {
            declare(cluster, hub, expected, "Delete");
        }
    },

    DECLARE_RETAINED {
        @Override
        void on(TestCluster cluster, TestNamespace hub, Expected expected) {
            declare(cluster, hub, expected, "Retain");
        }
    },

    EDIT {
        @Override
        void on(TestCluster cluster, TestNamespace hub, Expected expected) {
            edit(cluster, hub, expected, 2, "6");
        }
    },

    EDIT_AGAIN {
        @Override
        void on(TestCluster cluster, TestNamespace hub, Expected expected) {
            edit(cluster, hub, expected, 3, "7");
        }
    },

    /** As it was declared, but for the revision, which only goes up. */
    TAKE_BACK {
        @Override
        void on(TestCluster cluster, TestNamespace hub, Expected expected) {
            edit(cluster, hub, expected, 3, "5");
        }
    },

    TAKE_AWAY {
        @Override
        void on(TestCluster cluster, TestNamespace hub, Expected expected) {
            expected.goes("Workload", "old");
            cluster.delete("workload", hub.of("old"));
            expected.has(cluster.patch("environment", hub.of("env"), """
                    {"spec":{"namespaces":[{"name":"web","quota":{"pods":"5"}}]}}"""));
        }
    },

    CLAIM_VOLUME {
        @Override
        void on(TestCluster cluster, TestNamespace hub, Expected expected) {
            cluster.applyYaml("""
                    apiVersion: v1
                    kind: PersistentVolumeClaim
                    metadata: {name: files, namespace: %s-env-data}
                    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}
                    """.formatted(hub));
        }
    },

    PURGE {
        @Override
        void on(TestCluster cluster, TestNamespace hub, Expected expected) {
            expected.goes("Namespace", hub + "-env-data");
            operation(cluster, hub, expected, "action: Purge, purge: {namespaces: [%s-env-data]}".formatted(hub));
        }
    },

    RELEASE {
        @Override
        void on(TestCluster cluster, TestNamespace hub, Expected expected) {
            expected.forgets();
            operation(cluster, hub, expected, "action: Release");
        }
    },

    RUN_WITHOUT_US {
        @Override
        void on(TestCluster cluster, TestNamespace hub, Expected expected) {
            cluster.applyYaml("""
                    apiVersion: v1
                    kind: Namespace
                    metadata: {name: %1$s-legacy, labels: {bulkhead.dev/adoptable: "true"}}
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: api, namespace: %1$s-legacy}
                    spec:
                      replicas: 0
                      selector: {matchLabels: {app: theirs}}
                      template:
                        metadata: {labels: {app: theirs}}
                        spec: {containers: [{name: server, image: registry.example.com/shop/api:0}]}
                    ---
                    apiVersion: bulkhead.dev/v1alpha1
                    kind: EnvironmentClass
                    metadata: {name: %1$s}
                    spec:
                      hubNamespaces: {matchLabels: {bulkhead.dev/team: "true"}}
                      clusters: [local]
                      adoptableNamespaces: [%1$s-legacy]
                    """.formatted(hub));
        }
    },

    ADOPT {
        @Override
        void on(TestCluster cluster, TestNamespace hub, Expected expected) {
            expected.has(cluster.applyYaml(hub, """
                    apiVersion: bulkhead.dev/v1alpha1
                    kind: Environment
                    metadata: {name: env}
                    spec:
                      classRef: {name: %1$s}
                      clusterRef: {name: local}
                      mesh: {provider: None}
                      namespaces: [{name: web, existingName: %1$s-legacy}]
                    ---
                    apiVersion: bulkhead.dev/v1alpha1
                    kind: Workload
                    metadata: {name: api}
                    spec:
                      environmentRef: {name: env}
                      targetNamespace: web
                      image: registry.example.com/shop/api:1
                      replicas: 0
                      ports: [{name: http, port: 80}]
                    """.formatted(hub)));
            operation(
                    cluster,
                    hub,
                    expected,
                    "action: Adopt, adopt: {namespaces: [%s-legacy], mode: Keep}".formatted(hub));
        }
    },

    DECLARE_SECRETS {
        @Override
        void on(TestCluster cluster, TestNamespace hub, Expected expected) {
            expected.has(cluster.applyYaml(hub, """
                    apiVersion: bulkhead.dev/v1alpha1
                    kind: Environment
                    metadata: {name: env}
                    spec:
                      classRef: {name: standard}
                      clusterRef: {name: local}
                      mesh: {provider: None}
                      namespaces: [{name: web}]
                      deletionProtection: Disabled
                    ---
                    apiVersion: bulkhead.dev/v1alpha1
                    kind: SecretScope
                    metadata: {name: secrets}
                    spec:
                      environmentRef: {name: env}
                      drain: {atLeast: 1s}
                      entries:
                      - {name: word, type: Password}
                      - {name: pass, type: Token}
                      - {name: ca, type: CA}
                      - {name: leaf, type: TLS, tls: {issuer: ca, dnsNames: [server]}}
                    ---
                    apiVersion: bulkhead.dev/v1alpha1
                    kind: Workload
                    metadata: {name: client}
                    spec:
                      environmentRef: {name: env}
                      targetNamespace: web
                      image: registry.example.com/shop/client:1
                      replicas: 0
                      env:
                      - {name: TOKEN, secretRef: {entry: pass}}
                      - {name: PASSWORD, secretRef: {entry: word}}
                    ---
                    apiVersion: bulkhead.dev/v1alpha1
                    kind: Workload
                    metadata: {name: server}
                    spec:
                      environmentRef: {name: env}
                      targetNamespace: web
                      image: registry.example.com/shop/server:1
                      replicas: 0
                      env: [{name: TOKENS, secretRef: {entry: pass, key: accepted}}]
                      secrets: [{entry: leaf, path: /tls}]
                    """));
        }
    },

    ROTATE_THE_TOKEN {
        @Override
        void on(TestCluster cluster, TestNamespace hub, Expected expected) {
            operation(cluster, hub, expected, "action: Rotate, secrets: {entries: [pass]}");
        }
    },

    ROTATE_THE_CA {
        @Override
        void on(TestCluster cluster, TestNamespace hub, Expected expected) {
            operation(cluster, hub, expected, "action: Rotate, secrets: {entries: [ca]}");
        }
    },

    /** Nobody waits for this one: it is at its end in three hours, which no clock here is off. */
    ROTATE_AND_DRAIN {
        @Override
        void on(TestCluster cluster, TestNamespace hub, Expected expected) {
            drain(cluster, hub, expected, "3h");
            cluster.applyYaml(hub, """
                    apiVersion: bulkhead.dev/v1alpha1
                    kind: Operation
                    metadata: {name: forth}
                    spec: {environmentRef: {name: env}, action: Rotate, secrets: {entries: [pass]}}
                    """);
            cluster.eventually(() -> assertThat(cluster.get("secretscope", hub.of("secrets"))
                            .<List<Map<String, Object>>>get("status", "entries"))
                    .anyMatch(it -> "Draining".equals(it.get("phase"))));
        }
    },

    ROLL_BACK {
        @Override
        void on(TestCluster cluster, TestNamespace hub, Expected expected) {
            drain(cluster, hub, expected, "1s");
            operation(cluster, hub, expected, "action: Rollback, secrets: {entries: [pass]}");
        }
    },

    DELETE {
        @Override
        void on(TestCluster cluster, TestNamespace hub, Expected expected) {
            expected.goes("Environment", "env");
            cluster.delete("environment", hub.of("env"));
        }
    };

    /** @param expected told what has to be seen before this has come to its end */
    abstract void on(TestCluster cluster, TestNamespace hub, Expected expected);

    private static void declare(TestCluster cluster, TestNamespace hub, Expected expected, String policy) {
        cluster.applyYaml(hub, """
                apiVersion: v1
                kind: Secret
                metadata: {name: source}
                stringData: {token: %s}
                """.formatted(CrashRun.CANARY));
        expected.has(cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Environment
                metadata: {name: env}
                spec:
                  classRef: {name: standard}
                  clusterRef: {name: local}
                  mesh: {provider: None}
                  namespaces: [{name: web, quota: {pods: "5"}}, {name: data}]
                  deletionPolicy: %s
                  deletionProtection: Disabled
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: SecretScope
                metadata: {name: secrets}
                spec:
                  environmentRef: {name: env}
                  entries: [{name: token, type: Static, from: {secretRef: {name: source, key: token}}}]
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: Workload
                metadata: {name: api}
                spec:
                  environmentRef: {name: env}
                  targetNamespace: web
                  image: registry.example.com/shop/api:1
                  replicas: 0
                  ports: [{name: http, port: 80}]
                  env:
                  - {name: REVISION, value: "1"}
                  - {name: TOKEN, secretRef: {entry: token}}
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: Workload
                metadata: {name: old}
                spec:
                  environmentRef: {name: env}
                  targetNamespace: data
                  selector: {app: old}
                  calls: [{workload: api, port: http}]
                """.formatted(policy)));
    }

    private static void operation(TestCluster cluster, TestNamespace hub, Expected expected, String what) {
        expected.has(cluster.applyYaml(hub, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Operation
                metadata: {name: word}
                spec: {environmentRef: {name: env}, %s}
                """.formatted(what)));
    }

    private static void drain(TestCluster cluster, TestNamespace hub, Expected expected, String atLeast) {
        expected.has(cluster.patch("secretscope", hub.of("secrets"), """
                {"spec":{"drain":{"atLeast":"%s"}}}""".formatted(atLeast)));
    }

    private static void edit(TestCluster cluster, TestNamespace hub, Expected expected, int revision, String pods) {
        expected.has(cluster.patch("environment", hub.of("env"), """
                {"spec":{"namespaces":[{"name":"web","quota":{"pods":"%s"}},{"name":"data"}]}}""".formatted(pods)));
        expected.has(cluster.patch("workload", hub.of("api"), """
                {"spec":{"image":"registry.example.com/shop/api:%1$d","ports":[{"name":"http","port":8%1$d}],
                "env":[{"name":"REVISION","value":"%1$d"},{"name":"TOKEN","secretRef":{"entry":"token"}}]}}""".formatted(revision)));
    }
}
