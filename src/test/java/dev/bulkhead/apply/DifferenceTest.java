package dev.bulkhead.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said of a field that is to change, and what never is. */
class DifferenceTest {

    @Test
    void aFieldIsNamedAsPeopleWriteIt() {
        assertThat(between("""
                spec:
                  replicas: 3
                  template: {spec: {containers: [{name: web, image: "old:1", ports: [{containerPort: 80}]}, {name: log}]}}
                """, """
                spec:
                  template: {spec: {containers: [{name: log}, {name: web, image: "new:2", ports: [{containerPort: 81}]}]}}
                  paused: true
                """))
                .containsExactly(
                        "spec.paused: becomes true",
                        "spec.replicas: 3 goes",
                        "spec.template.spec.containers[web].image: old:1 becomes new:2",
                        "spec.template.spec.containers[web].ports[80]: goes",
                        "spec.template.spec.containers[web].ports[81]: is added");
    }

    @Test
    void whatPeoplePutPasswordsIntoIsNotShown() {
        assertThat(between("""
                metadata: {annotations: {example.com/token: hunter2}}
                data: {config: "password=hunter2"}
                spec:
                  template:
                    spec: {containers: [{name: web, args: [hunter2], env: [{name: A, value: hunter2}, {name: B, value: hunter2}]}]}
                """, """
                metadata: {annotations: {example.com/token: swordfish}}
                data: {config: "password=swordfish", other: swordfish}
                spec:
                  template:
                    spec: {containers: [{name: web, args: [swordfish, x], env: [{name: A, value: swordfish}]}]}
                """))
                .hasSize(6)
                .noneMatch(it -> it.contains("hunter2") || it.contains("swordfish"))
                .contains("spec.template.spec.containers[web].env[B]: goes", "data.other: is added");
    }

    @Test
    void ourLabelsAndWhatTheServerKeepsForItselfAreNoDifferences() {
        assertThat(between("""
                metadata: {resourceVersion: "1", generation: 1, managedFields: [{manager: a}], labels: {app: web}}
                status: {replicas: 1}
                """, """
                metadata:
                  resourceVersion: "2"
                  generation: 2
                  labels: {app: web, bulkhead.dev/hub: h, app.kubernetes.io/managed-by: bulkhead}
                  annotations: {}
                status: {}
                """))
                .containsExactly("metadata.labels[app.kubernetes.io/managed-by]: becomes bulkhead");
    }

    private static List<String> between(String there, String then) {
        return Difference.between(tree(there), tree(then)).stream()
                .map(Difference::toString)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> tree(String yaml) {
        return Serialization.unmarshal(yaml, Map.class);
    }
}
