package dev.bulkhead.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What others had set by hand becomes ours, so that what we leave out goes. */
class PriorManagersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<Map<String, Object>>> ENTRIES = new TypeReference<>() {};

    @Test
    void whatWasAppliedByHandBecomesOursAndTheCopyOfItGoes() {
        var patch = PriorManagers.migration(deployment("""
                - {manager: kubectl-client-side-apply, operation: Update, apiVersion: apps/v1, time: '2026-01-01T00:00:00Z',
                   fieldsV1: {f:metadata: {f:annotations: {f:kubectl.kubernetes.io/last-applied-configuration: {}},
                                           f:labels: {f:app: {}}},
                              f:spec: {f:replicas: {}, f:selector: {}}}}
                - {manager: bulkhead, operation: Apply, apiVersion: apps/v1, time: '2026-01-02T00:00:00Z',
                   fieldsV1: {f:metadata: {f:labels: {f:bulkhead.dev/hub: {}}}}}
                - {manager: kube-controller-manager, operation: Update, apiVersion: apps/v1, subresource: status,
                   fieldsV1: {f:status: {f:replicas: {}}}}
                """));

        assertThat(patch)
                .anySatisfy(it -> assertThat(it)
                        .containsEntry("op", "remove")
                        .containsEntry(
                                "path", "/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration"))
                .anySatisfy(it -> assertThat(it)
                        .containsEntry("path", "/metadata/resourceVersion")
                        .containsEntry("value", "7"));
        assertThat(entries(patch))
                .extracting(it -> it.get("manager"))
                .containsExactly("kubectl-client-side-apply", "kube-controller-manager", "bulkhead");
        assertThat(fields(patch, "bulkhead"))
                .isEqualTo(Map.of(
                        "f:metadata",
                        Map.of(
                                "f:annotations",
                                Map.of(),
                                "f:labels",
                                Map.of("f:app", Map.of(), "f:bulkhead.dev/hub", Map.of())),
                        "f:spec",
                        Map.of("f:replicas", Map.of())));
        assertThat(fields(patch, "kubectl-client-side-apply"))
                .as("what can't change stays with whoever set it")
                .isEqualTo(Map.of("f:spec", Map.of("f:selector", Map.of())));
    }

    @Test
    void controllersAndOtherAppliersKeepWhatIsTheirs() {
        assertThat(PriorManagers.migration(deployment("""
                - {manager: horizontal-pod-autoscaler, operation: Update, apiVersion: apps/v1, subresource: scale,
                   fieldsV1: {f:spec: {f:replicas: {}}}}
                - {manager: argocd-controller, operation: Apply, apiVersion: apps/v1, fieldsV1: {f:spec: {f:paused: {}}}}
                - {manager: kubectl, operation: Apply, apiVersion: apps/v1, fieldsV1: {f:spec: {f:minReadySeconds: {}}}}
                """, ""))).isEmpty();
    }

    @Test
    void fieldsOfAnotherVersionOfTheApiStayWhereTheyAre() {
        var patch = PriorManagers.migration(deployment("""
                - {manager: kubectl-create, operation: Update, apiVersion: apps/v1beta1, fieldsV1: {f:spec: {f:replicas: {}}}}
                """));

        assertThat(fields(patch, "kubectl-create")).isEqualTo(Map.of("f:spec", Map.of("f:replicas", Map.of())));
        assertThat(fields(patch, "bulkhead")).isEqualTo(Map.of());
    }

    private static List<Map<String, Object>> entries(List<Map<String, Object>> patch) {
        return patch.stream()
                .filter(it -> it.get("path").equals("/metadata/managedFields"))
                .map(it -> JSON.convertValue(it.get("value"), ENTRIES))
                .findFirst()
                .orElseThrow();
    }

    private static Object fields(List<Map<String, Object>> patch, String manager) {
        return entries(patch).stream()
                .filter(it -> it.get("manager").equals(manager))
                .map(it -> it.get("fieldsV1"))
                .findFirst()
                .orElseThrow();
    }

    private static GenericKubernetesResource deployment(String managedFields) {
        return deployment(managedFields, "annotations: {kubectl.kubernetes.io/last-applied-configuration: '{}'}");
    }

    private static GenericKubernetesResource deployment(String managedFields, String annotations) {
        return Serialization.unmarshal(
                "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\n  namespace: web\n"
                        + "  resourceVersion: '7'\n  " + annotations + "\n  managedFields:\n"
                        + managedFields.indent(2),
                GenericKubernetesResource.class);
    }
}
