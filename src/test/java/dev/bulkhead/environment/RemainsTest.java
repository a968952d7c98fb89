package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.api.v1alpha1.OperationStatus;
import dev.bulkhead.apply.Applier;
import dev.bulkhead.apply.Consent;
import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.FakeTarget;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.MovableClock;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.apply.SameThread;
import dev.bulkhead.operation.OperationReport;
import dev.bulkhead.status.Standing;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A Purge of what an environment has left that isn't there any more, in clusters of which some can't be reached. */
class RemainsTest {

    private static final Digest DIGEST = new Digest("a key for tests only".getBytes(StandardCharsets.UTF_8));
    private static final World STAGING = PassWorld.STAGING;
    private static final Where LOST = new Where.Away("west", true, "nobody answers");
    private static final Where CONNECTING = new Where.Away("west", false, "it is being connected");

    private final FakeTarget east = new FakeTarget(DIGEST);
    private final Map<String, Where> clusters = new TreeMap<>(Map.of("east", new Where.Here(east)));
    private final Remains remains = new Remains(STAGING.blueprint().ownership().hubId(), () -> clusters);
    private final Operation purge = Serialization.unmarshal(
            """
            apiVersion: bulkhead.dev/v1alpha1
            kind: Operation
            metadata: {name: purge, namespace: %s}
            spec: {action: Purge, environmentRef: {name: %s}, purge: {namespaces: [%s]}}
            """.formatted(
                            STAGING.blueprint().environment().namespace(),
                            STAGING.blueprint().environment().name(),
                            namespace().name()),
            Operation.class);

    @Test
    void whatIsFoundGoesAndIsThenGone() {
        live();

        assertThat(look().finished()).isFalse();
        east.finishDeletions();

        assertThat(look().standing()).isInstanceOf(Standing.Ready.class);
        assertThat(east.there()).isEmpty();
    }

    @Test
    void whatIsNotFoundWhereItCouldBeLookedForIsNotSaidToBeGone() {
        clusters.put("west", LOST);

        var report = look();

        assertThat(report.finished()).isTrue();
        assertThat(report.standing()).isInstanceOf(Standing.Stalled.class);
        assertThat(report.standing().toString())
                .contains(namespace() + " may still be in TargetCluster west (nobody answers)");
    }

    @Test
    void whatWasFoundElsewhereIsNotLookedForInAClusterThatIsLost() {
        live();
        clusters.put("west", LOST);

        assertThat(look().finished()).isFalse();
        east.finishDeletions();

        assertThat(look().standing()).isInstanceOf(Standing.Ready.class);
    }

    @Test
    void aClusterThatIsBeingConnectedIsWaitedFor() {
        clusters.put("west", CONNECTING);

        assertThat(look().finished()).isFalse();
    }

    /** One look, which is written down as the reconciler does. */
    private OperationReport look() {
        var report = remains.purge(purge);
        purge.setStatus(new OperationStatus(1L, List.of(), "2026-01-01T00:00:00Z", null, report.results()));
        return report;
    }

    private void live() {
        new Applier(DIGEST, new SameThread(), new MovableClock())
                .apply(STAGING.plan(), STAGING.blueprint().ownership(), east, Consent.NONE);
    }

    private static Ref namespace() {
        return STAGING.plan().byRef().keySet().stream()
                .filter(it -> it.kind() == Kind.NAMESPACE)
                .findFirst()
                .orElseThrow();
    }
}
