package dev.bulkhead.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationAction;
import dev.bulkhead.api.v1alpha1.OperationSpec;
import dev.bulkhead.api.v1alpha1.ReplaceClusterSettings;
import dev.bulkhead.kube.MockCluster;
import dev.bulkhead.operation.OperationReport;
import dev.bulkhead.status.Reason;
import dev.bulkhead.status.Standing;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pins as they are kept on the hub, and who may move them. What they say is shown by PinBookTest. */
class PinsTest {

    private static final String NAMESPACE = "bulkhead-system";

    private final MockCluster hub = new MockCluster();
    private final Pins pins = new Pins(hub.client(), NAMESPACE, Clock.systemUTC());

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void whatIsPinnedOutlivesTheProcess() {
        assertThat(pins.problem("staging", "uid-1", _ -> true)).isEmpty();

        var next = new Pins(hub.client(), NAMESPACE, Clock.systemUTC());
        assertThat(next.has("staging")).isTrue();
        assertThat(next.problem("staging", "uid-2", _ -> true))
                .hasValueSatisfying(it -> assertThat(it.reason()).isEqualTo(Reason.ClusterChanged));
    }

    @Test
    void whatSomebodyDeletesIsNotForgottenAndWrittenAgain() {
        pins.problem("staging", "uid-1", _ -> true);
        hub.client().configMaps().inNamespace(NAMESPACE).withName(Pins.NAME).delete();

        assertThatThrownBy(() -> pins.problem("production", "uid-2", _ -> true))
                .isInstanceOf(KubernetesClientException.class);
        assertThat(pins.problem("production", "uid-2", _ -> true)).isEmpty();

        assertThat(new Pins(hub.client(), NAMESPACE, Clock.systemUTC()).has("staging"))
                .isTrue();
    }

    @Test
    void ourOwnClusterIsNotTakenForAnotherThatHadTheName() {
        pins.problem("staging", "uid-1", _ -> true);

        assertThat(pins.objection("staging", "our-own")).hasValueSatisfying(it -> {
            assertThat(it.reason()).isEqualTo(Reason.ClusterChanged);
            assertThat(it.message()).contains("was uid-1 and is our-own", "ReplaceCluster");
        });
        assertThat(pins.objection("local", "our-own")).isEmpty();

        pins.replace("staging", "our-own");
        assertThat(pins.objection("staging", "our-own")).isEmpty();
    }

    @Test
    void aReplacementThatWouldTakeAnothersClusterIsRefused() {
        pins.problem("staging", "uid-1", _ -> true);
        pins.problem("production", "uid-2", _ -> true);

        var report = replace("staging", "uid-2");

        assertThat(report.standing()).isInstanceOf(Standing.Stalled.class);
        assertThat(report.standing().toString()).contains("TargetCluster production");
        assertThat(pins.problem("production", "uid-2", _ -> true)).isEmpty();
        assertThat(pins.problem("staging", "uid-1", _ -> true)).isEmpty();
    }

    @Test
    void aReplacementByANewClusterIsDone() {
        pins.problem("staging", "uid-1", _ -> true);

        assertThat(replace("staging", "uid-3").standing()).isInstanceOf(Standing.Ready.class);
        assertThat(pins.problem("staging", "uid-3", _ -> true)).isEmpty();
    }

    private OperationReport replace(String cluster, String uid) {
        var operation = new Operation();
        operation.setMetadata(new ObjectMetaBuilder()
                .withNamespace(NAMESPACE)
                .withName("replace")
                .build());
        operation.setSpec(new OperationSpec(
                OperationAction.ReplaceCluster,
                null,
                null,
                null,
                null,
                new ReplaceClusterSettings(cluster, uid),
                null));
        return new Replacement(NAMESPACE, pins, new Uninhabited("staging", "production"), _ -> {}).carryOut(operation);
    }
}
