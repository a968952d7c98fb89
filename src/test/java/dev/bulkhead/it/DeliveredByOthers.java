package dev.bulkhead.it;

import dev.bulkhead.it.Caller.Answer;
import dev.bulkhead.kube.TestCluster;
import java.util.List;

/** Deployments that somebody else delivers, and what the operator may try on them. All as dry runs. */
record DeliveredByOthers(TestCluster cluster, Caller operator) {

    /** What it writes. */
    static final String WORD =
            "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"bulkhead.dev/secret-version\":\"a\"}}}}}";

    static final String OPT_IN = "{\"metadata\":{\"annotations\":{\"bulkhead.dev/restart-with\":\"db\"}}}";

    /** Whatever else it may want of one that has opted in. */
    static final List<String> FORBIDDEN = List.of(
            WORD.replace("secret-version", "other"),
            WORD.replace("{\"bulkhead.dev", "{\"kept\":null,\"bulkhead.dev"),
            "{\"spec\":{\"replicas\":3}}",
            "{\"spec\":{\"minReadySeconds\":3}}",
            "{\"spec\":{\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}}}}}",
            "{\"spec\":{\"template\":{\"spec\":{\"serviceAccountName\":\"default\"}}}}",
            "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"app\",\"image\":\"other\"}]}}}}",
            "{\"metadata\":{\"labels\":{\"bulkhead.dev/hub\":\"another\"}}}",
            "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}",
            OPT_IN.replace("\"db\"", "null"),
            OPT_IN.replace("\"db\"", "\"other\""));

    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/%s/deployments/%s?dryRun=All";

    void into(String namespace, String name, String annotation) {
        cluster.applyYaml("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: %3$s, annotations: {%2$s}}
                spec:
                  replicas: 0
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}, annotations: {kept: "true"}}
                    spec: {containers: [{name: app, image: registry.example.com/sample:1}]}
                """.formatted(name, annotation, namespace));
    }

    Answer changed(String namespace, String name, String patch) {
        return operator.ask("PATCH", DEPLOYMENTS.formatted(namespace, name), patch, Caller.MERGE);
    }

    Answer deleted(String namespace, String name) {
        return operator.ask("DELETE", DEPLOYMENTS.formatted(namespace, name), "", Caller.JSON);
    }
}
