package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.Operation;
import dev.bulkhead.apply.Applied;
import dev.bulkhead.apply.Applier;
import dev.bulkhead.apply.Consent;
import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.FakeTarget;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.MovableClock;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.apply.SameThread;
import dev.bulkhead.status.Reason;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is taken down with an environment, and when nothing is. */
class TeardownTest {

    private static final Digest DIGEST = new Digest("a key for tests only".getBytes(StandardCharsets.UTF_8));
    private static final World STAGING = PassWorld.STAGING;

    private static final Where AWAY = new Where.Away("staging-k3s", true, "it doesn't answer");

    private final FakeTarget target = new FakeTarget(DIGEST);
    private final Applier applier = new Applier(DIGEST, new SameThread(), new MovableClock());
    private final List<EnvironmentId> ended = new ArrayList<>();
    private Optional<String> reason = Optional.empty();
    private Where where = new Where.Here(target);

    private final Teardown teardown = new Teardown(
            STAGING.blueprint().ownership().hubId(),
            _ -> where,
            applier,
            new Retreat() {
                @Override
                public Optional<String> reason(String hubNamespace) {
                    return reason;
                }

                @Override
                public Optional<String> unsettled(Environment environment) {
                    throw new AssertionError("a deletion is meant, however young the definitions are");
                }
            },
            ended::add);

    @Test
    void everythingGoesAndThenTheEnvironment() {
        live();

        assertThat(look().done()).isFalse();
        assertThat(ended).isEmpty();
        target.finishDeletions();

        assertThat(look().done()).isTrue();
        assertThat(ended).containsExactly(STAGING.blueprint().environment());
        assertThat(target.there()).isEmpty();
        assertThat(target.inventory(STAGING.blueprint().environment()).held()).isEmpty();
    }

    @Test
    void aNamespaceWithDataStaysAndTheEnvironmentGoes() {
        live();
        target.putVolumeClaimInto(namespace().name());

        var ending = look();

        assertThat(ending.done()).isTrue();
        assertThat(ending.outcome().all(Applied.Kept.class)).hasSize(1);
        assertThat(target.there()).containsExactly(namespace());
    }

    @Test
    void whatIsRetainedIsNotTouchedAndStaysInTheInventory() {
        live();
        var before = target.content();
        target.requests();

        var ending = (Pass.Ending) teardown.look(environment("Retain"), List.of());

        assertThat(ending.done()).isTrue();
        assertThat(target.requests()).isEmpty();
        assertThat(target.content()).isEqualTo(before);
        assertThat(target.inventory(STAGING.blueprint().environment()).held()).isNotEmpty();
    }

    @Test
    void nothingIsTakenDownBecauseADefinitionGoes() {
        live();
        reason = Optional.of("CustomResourceDefinition workloads.bulkhead.dev is being deleted");
        target.requests();

        var ending = look();

        assertThat(ending.done()).isTrue();
        assertThat(ending.left()).contains("workloads.bulkhead.dev");
        assertThat(target.requests()).isEmpty();
    }

    @Test
    void whatSomebodyHoldsIsNamedAndHoldsTheEnvironmentOnly() {
        live();
        var pods = PassWorld.ref("Deployment", "api");
        target.holdBy("example.com/guard", pods);

        look();
        target.requests();
        var standing = EndStanding.of(look());

        assertThat(standing.reason()).isEqualTo(Reason.WaitingForFinalizer);
        assertThat(standing.message()).contains("example.com/guard", pods.toString());
        assertThat(target.there()).containsExactlyInAnyOrder(pods, namespace());
    }

    @Test
    void aClusterThatIsAwayIsWaitedForAndTheEnvironmentSaysSo() {
        live();
        where = AWAY;
        target.requests();

        var pass = teardown.look(environment("Delete"), List.of(release("Wait")));

        assertThat(pass.isLast()).isFalse();
        assertThat(pass).isInstanceOfSatisfying(Pass.Missing.class, it -> assertThat(it.message())
                .contains("staging-k3s", "it doesn't answer", "unreachable: Abandon"));
        assertThat(target.requests()).isEmpty();
    }

    @Test
    void aClusterThatIsLostIsAbandonedOnSomebodysWordOnly() {
        live();
        where = AWAY;
        target.requests();

        var pass = teardown.look(environment("Delete"), List.of(release("Abandon")));

        assertThat(pass.isLast()).isTrue();
        assertThat(pass).isInstanceOfSatisfying(Pass.Abandoned.class, it -> assertThat(it.message())
                .contains("staging-k3s", "it doesn't answer"));
        assertThat(target.requests()).isEmpty();
    }

    @Test
    void aClusterThatIsOnlyBeingConnectedIsNotAbandoned() {
        where = new Where.Away("staging-k3s", false, "it is being connected");

        assertThat(teardown.look(environment("Delete"), List.of(release("Abandon"))))
                .isInstanceOf(Pass.Missing.class);
    }

    @Test
    void aClusterThatIsThereIsTakenDownWhateverSomebodySays() {
        live();

        teardown.look(environment("Delete"), List.of(release("Abandon")));
        target.finishDeletions();

        assertThat(look().done()).isTrue();
        assertThat(target.there()).isEmpty();
    }

    private static Operation release(String unreachable) {
        return Serialization.unmarshal("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: Operation
                metadata: {name: release, namespace: shop}
                spec: {action: Release, environmentRef: {name: staging}, release: {unreachable: %s}}
                """.formatted(unreachable), Operation.class);
    }

    private void live() {
        var plan = STAGING.plan();
        applier.apply(plan, STAGING.blueprint().ownership(), target, Consent.NONE);
        assertThat(target.there()).isNotEmpty();
    }

    private Pass.Ending look() {
        return (Pass.Ending) teardown.look(environment("Delete"), List.of());
    }

    private static Environment environment(String deletionPolicy) {
        return World.of("""
                kind: Environment
                metadata: {name: staging, namespace: shop}
                spec: {deletionPolicy: %s, namespaces: [{name: web}]}
                """.formatted(deletionPolicy)).gathered().environment();
    }

    private static Ref namespace() {
        return STAGING.plan().byRef().keySet().stream()
                .filter(it -> it.kind() == Kind.NAMESPACE)
                .findFirst()
                .orElseThrow();
    }
}
