package dev.bulkhead.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.Unreadable;
import dev.bulkhead.api.v1alpha1.Workload;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One resource that isn't understood must not take the others with it. */
class ToleranceTest {

    private static final String WORKLOAD = """
            {"apiVersion":"bulkhead.dev/v1alpha1","kind":"Workload",
             "metadata":{"name":"%s","namespace":"shop"},
             "spec":{"environmentRef":{"name":"staging"},"image":"registry.example.com/a:1","type":"%s","replicas":%s},
             "status":{"observedGeneration":1}}""";

    private final KubernetesSerialization reading = Tolerance.serialization();

    @Test
    void whatIsUnderstoodHasNoMark() {
        var workload = reading.unmarshal(WORKLOAD.formatted("api", "Job", "2"), Workload.class);

        assertThat(Unreadable.of(workload)).isEmpty();
        assertThat(workload.getSpec().replicas()).isEqualTo(2);
    }

    @Test
    void aValueOfANewerVersionIsLeftOutAndNamed() {
        var workload = reading.unmarshal(WORKLOAD.formatted("api", "Quantum", "2"), Workload.class);

        assertThat(Unreadable.of(workload))
                .hasValueSatisfying(it -> assertThat(it).contains("spec.type", "Quantum"));
        assertThat(workload.getSpec().replicas()).isEqualTo(2);
        assertThat(Unreadable.of(reading.clone(workload))).as("a copy of it").isPresent();
    }

    @Test
    void aWordWhereANumberShouldBeIsLeftOutAndNamed() {
        var workload = reading.unmarshal(WORKLOAD.formatted("api", "Job", "\"many\""), Workload.class);

        assertThat(Unreadable.of(workload))
                .hasValueSatisfying(it -> assertThat(it).contains("spec.replicas"));
        assertThat(workload.getStatus().observedGeneration()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,2]", "{\"min\":1,\"max\":{\"soft\":2}}"})
    void aValueOfAnotherShapeIsNamedToo(String replicas) {
        var workload = reading.unmarshal(WORKLOAD.formatted("api", "Job", replicas), Workload.class);

        assertThat(Unreadable.of(workload))
                .hasValueSatisfying(it -> assertThat(it).contains("spec.replicas"));
        assertThat(workload.getMetadata().getName()).isEqualTo("api");
    }

    @Test
    void onlyTheOneInAListIsMarked() {
        var list = """
                {"kind":"WorkloadList","apiVersion":"bulkhead.dev/v1alpha1","metadata":{},"items":[%s,%s]}""".formatted(WORKLOAD.formatted("bad", "Quantum", "1"), WORKLOAD.formatted("good", "Job", "1"));
        Type type = reading.constructParametricType(DefaultKubernetesResourceList.class, Workload.class);

        var items = reading.<DefaultKubernetesResourceList<Workload>>unmarshal(
                        list, new com.fasterxml.jackson.core.type.TypeReference<>() {
                            @Override
                            public Type getType() {
                                return type;
                            }
                        })
                .getItems();

        assertThat(items).extracting(it -> Unreadable.of(it).isPresent()).containsExactly(true, false);
    }

    @Test
    void aStatusThatIsNotUnderstoodIsNoProblem() {
        var environment = reading.unmarshal("""
                {"apiVersion":"bulkhead.dev/v1alpha1","kind":"Environment","metadata":{"name":"a"},
                 "spec":{"namespaces":[{"name":"web"}]},"status":{"drift":"Sideways"}}""", Environment.class);

        assertThat(Unreadable.of(environment)).isEmpty();
    }

    @Test
    void whatIsNotOursFailsAsEver() {
        assertThatThrownBy(() -> reading.unmarshal(
                        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"spec\":{\"hostNetwork\":\"x\"}}", Pod.class))
                .isInstanceOf(KubernetesClientException.class);
    }
}
