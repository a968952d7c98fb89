package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.apply.Applied;
import dev.bulkhead.apply.Applier;
import dev.bulkhead.apply.Consent;
import dev.bulkhead.apply.Digest;
import dev.bulkhead.apply.FakeTarget;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.MovableClock;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.apply.SameThread;
import dev.bulkhead.status.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is taken down with an environment, and when nothing is. */
class TeardownTest {

    private static final Digest DIGEST = new Digest("a key for tests only".getBytes(StandardCharsets.UTF_8));
    private static final World STAGING = PassWorld.STAGING;

    private final FakeTarget target = new FakeTarget(DIGEST);
    private final Applier applier = new Applier(DIGEST, new SameThread(), new MovableClock());
    private Optional<String> reason = Optional.empty();

    private final Teardown teardown =
            new Teardown(STAGING.blueprint().ownership().hubId(), () -> target, applier, new Retreat() {
                @Override
                public Optional<String> reason(String hubNamespace) {
                    return reason;
                }

                @Override
                public Optional<String> unsettled(Environment environment) {
                    throw new AssertionError("a deletion is meant, however young the definitions are");
                }
            });

    @Test
    void everythingGoesAndThenTheEnvironment() {
        live();

        assertThat(look().done()).isFalse();
        target.finishDeletions();

        assertThat(look().done()).isTrue();
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

        var ending = teardown.look(environment("Retain"), List.of());

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

    private void live() {
        var plan = STAGING.plan();
        applier.apply(plan, STAGING.blueprint().ownership(), target, Consent.NONE);
        assertThat(target.there()).isNotEmpty();
    }

    private Pass.Ending look() {
        return teardown.look(environment("Delete"), List.of());
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
