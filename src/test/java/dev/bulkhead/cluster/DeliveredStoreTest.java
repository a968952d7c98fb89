package dev.bulkhead.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of what others deliver, who wants to be restarted is known, and how far that is. */
class DeliveredStoreTest {

    private final List<String> told = new ArrayList<>();

    @Test
    void whoOptsInIsKnownInItsNamespaceAndInNoOther() {
        var store = store("Deployment");

        put(store, object("Deployment", "web", "api, db,", "{}"));
        put(store, object("Deployment", "web-2", "db", "{}"));
        put(store, object("Deployment", "legacy", "", "{}"));

        assertThat(store.in("web")).singleElement().satisfies(it -> {
            assertThat(it.title()).isEqualTo("Deployment web/app");
            assertThat(it.entries()).containsExactly("api", "db");
            assertThat(it.word()).isEqualTo("w1");
        });
        assertThat(store.in("legacy")).isEmpty();
        assertThat(told).containsExactly("web", "web-2");
        assertThat(store.keySet()).containsExactly("web-2/app", "web/app");
    }

    @Test
    void onlyWhatSaysSomethingElseIsNews() {
        var store = store("Deployment");
        put(store, object("Deployment", "web", "api", "{observedGeneration: 2, replicas: 1, updatedReplicas: 0}"));
        put(store, object("Deployment", "web", "api", "{observedGeneration: 2, replicas: 2, updatedReplicas: 1}"));
        assertThat(told).hasSize(1);

        put(store, object("Deployment", "web", "api", "{observedGeneration: 2, replicas: 2, updatedReplicas: 2}"));

        assertThat(told).hasSize(2);
    }

    @Test
    void whoOptsOutIsAsGoodAsGone() {
        var store = store("Deployment");
        put(store, object("Deployment", "web", "api", "{}"));

        put(store, object("Deployment", "web", "", "{}"));

        assertThat(store.in("web")).isEmpty();
        assertThat(store.size()).isZero();
        assertThat(told).containsExactly("web", "web");
    }

    @Test
    void anInformerIsHandedNoMoreThanAName() {
        var store = store("Deployment");
        put(store, object("Deployment", "web", "api", "{}"));

        assertThat(store.get("web/app").getAdditionalProperties()).isEmpty();
        assertThat(store.get("web/app").getMetadata().getUid()).isEqualTo("u1");
        assertThat(store.remove("web/app").getMetadata().getName()).isEqualTo("app");
        assertThat(store.remove("web/app")).isNull();
        assertThat(told).containsExactly("web", "web");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Deployment  | {observedGeneration: 2, replicas: 2, updatedReplicas: 2}                                     | true
            Deployment  | {observedGeneration: 1, replicas: 2, updatedReplicas: 2}                                     | false
            Deployment  | {observedGeneration: 2, replicas: 3, updatedReplicas: 2}                                     | false
            Deployment  | {observedGeneration: 2, replicas: 2, updatedReplicas: 2, terminatingReplicas: 1}             | false
            StatefulSet | {observedGeneration: 2, replicas: 2, updatedReplicas: 1, updateRevision: b, currentRevision: a} | false
            StatefulSet | {observedGeneration: 2, replicas: 2, updatedReplicas: 0, updateRevision: a, currentRevision: a} | true
            DaemonSet   | {observedGeneration: 2, currentNumberScheduled: 3, updatedNumberScheduled: 2}                | false
            DaemonSet   | {observedGeneration: 2, currentNumberScheduled: 3, updatedNumberScheduled: 3}                | true
            """)
    void itIsThroughWhenItsControllerCountsNoOlderPod(String kind, String status, boolean through) {
        var store = store(kind);

        put(store, object(kind, "web", "api", status));

        assertThat(store.in("web")).extracting(Delivered::rolledOut).containsExactly(through);
    }

    private DeliveredStore store(String kind) {
        return new DeliveredStore(kind, told::add);
    }

    private static void put(DeliveredStore store, GenericKubernetesResource object) {
        store.put(store.getKey(object), object);
    }

    private static GenericKubernetesResource object(String kind, String namespace, String listed, String status) {
        return Serialization.unmarshal("""
                apiVersion: apps/v1
                kind: %s
                metadata:
                  namespace: %s
                  name: app
                  uid: u1
                  generation: 2
                  annotations: {bulkhead.dev/restart-with: "%s"}
                spec: {template: {metadata: {annotations: {bulkhead.dev/secret-version: w1}}}}
                status: %s
                """.formatted(kind, namespace, listed, status), GenericKubernetesResource.class);
    }
}
