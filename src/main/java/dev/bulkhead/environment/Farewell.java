package dev.bulkhead.environment;

import dev.bulkhead.api.v1alpha1.Environment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;

/**
 * Takes the finalizer off an environment, and so lets it go. JOSDK could do it, but then it would be deaf to a successor
 * of the same name that comes before the answer does: it takes that one for finished, and ignores every event but an edit.
 */
final class Farewell {

    private Farewell() {}

    static void to(Environment environment, KubernetesClient client) {
        var metadata = environment.getMetadata();
        var at = metadata.getFinalizers().indexOf(EnvironmentReconciler.FINALIZER);
        if (at < 0) {
            return;
        }
        try {
            client.resource(environment).patch(PatchContext.of(PatchType.JSON), """
                    [{"op": "test", "path": "/metadata/uid", "value": "%1$s"},
                     {"op": "test", "path": "/metadata/finalizers/%2$d", "value": "%3$s"},
                     {"op": "remove", "path": "/metadata/finalizers/%2$d"}]
                    """.formatted(
                            metadata.getUid(), at, EnvironmentReconciler.FINALIZER));
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }
}
