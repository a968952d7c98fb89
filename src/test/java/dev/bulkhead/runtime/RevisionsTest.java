package dev.bulkhead.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bulkhead.api.v1alpha1.Environment;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.kube.MockCluster;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The last accepted slice is there after a restart, and there is one of each contributor. */
class RevisionsTest {

    private static final Origin API = Origin.workload("api");

    private static final EnvironmentId STAGING_ID = new EnvironmentId("shop", "staging");
    private static final Environment STAGING = staging("e-1");

    private final MockCluster cluster = new MockCluster();
    private final Revisions revisions = new Revisions(cluster.client());

    @AfterEach
    void end() {
        cluster.close();
    }

    @Test
    void whatWasAcceptedIsThereAfterARestart() {
        revisions.accept(STAGING, workload(1, "shop/api:1"));

        var found = restarted().last("shop", API, "1234", Workload.class).orElseThrow();
        assertThat(found.getSpec().image()).isEqualTo("shop/api:1");
        assertThat(found.getMetadata().getName()).isEqualTo("api");
        assertThat(found.getMetadata().getGeneration()).isEqualTo(1);
    }

    @Test
    void itGoesWithItsContributor() {
        revisions.accept(STAGING, workload(1, "shop/api:1"));

        assertThat(kept()).singleElement().satisfies(it -> assertThat(
                        it.getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> {
                    assertThat(owner.getKind()).isEqualTo("Workload");
                    assertThat(owner.getUid()).isEqualTo("1234");
                }));
    }

    @Test
    void aNewerOneTakesThePlaceOfTheOlder() {
        revisions.accept(STAGING, workload(1, "shop/api:1"));
        revisions.accept(STAGING, workload(2, "shop/api:2"));

        assertThat(kept()).hasSize(1);
        assertThat(image(revisions)).contains("shop/api:2");
        assertThat(image(restarted())).contains("shop/api:2");
    }

    @Test
    void anOlderOneThatComesLateChangesNothing() {
        revisions.accept(STAGING, workload(2, "shop/api:2"));
        revisions.accept(STAGING, workload(1, "shop/api:1"));

        assertThat(image(revisions)).contains("shop/api:2");
        assertThat(kept()).hasSize(1);
    }

    @Test
    void whatACrashLeftHalfWayIsTidiedUpAtTheNextStart() {
        revisions.accept(STAGING, workload(1, "shop/api:1"));
        // Another process that knew nothing of the first one's leaves both, as a crash between its two writes does.
        new Revisions(cluster.client()).accept(STAGING, workload(2, "shop/api:2"));
        assertThat(kept()).hasSize(2);

        assertThat(image(restarted())).contains("shop/api:2");
        assertThat(kept())
                .singleElement()
                .extracting(ControllerRevision::getRevision)
                .isEqualTo(2L);
    }

    @Test
    void whatWasWrittenBeforeACrashIsNotWrittenTwice() {
        revisions.accept(STAGING, workload(1, "shop/api:1"));
        var next = new Revisions(cluster.client());
        next.accept(STAGING, workload(1, "shop/api:1"));

        assertThat(kept()).hasSize(1);
        assertThat(image(next)).contains("shop/api:1");
    }

    @Test
    void theSameNameWithAnotherUidIsSomebodyElse() {
        revisions.accept(STAGING, workload(1, "shop/api:1"));

        assertThat(revisions.last("shop", API, "5678", Workload.class)).isEmpty();
    }

    @Test
    void whoIsGoneIsForgotten() {
        revisions.accept(STAGING, workload(1, "shop/api:1"));
        revisions.forget("1234");

        assertThat(image(revisions)).isEmpty();
    }

    @Test
    void aSecretScopeThatIsGoneIsThereWhileItsEnvironmentIs() {
        revisions.accept(STAGING, scope("5678", 3));

        assertThat(kept()).singleElement().satisfies(it -> assertThat(
                        it.getMetadata().getOwnerReferences())
                .extracting(OwnerReference::getKind, OwnerReference::getUid)
                .containsExactly(tuple("SecretScope", "5678"), tuple("Environment", "e-1")));
        for (var any : List.of(revisions, restarted())) {
            assertThat(any.departed(STAGING_ID, List.of(scope("5678", 3)))).isEmpty();
            assertThat(any.departed(STAGING_ID, List.of(scope("9012", 1))))
                    .singleElement()
                    .satisfies(it ->
                            assertThat(it.getSpec().entries().getFirst().name()).isEqualTo("token"));
            assertThat(any.departed(new EnvironmentId("shop", "production"), List.of()))
                    .isEmpty();
        }
    }

    @Test
    void aWorkloadThatIsGoneIsNotThere() {
        revisions.accept(STAGING, workload(1, "shop/api:1"));

        assertThat(revisions.departed(STAGING_ID, List.of())).isEmpty();
        assertThat(restarted().departed(STAGING_ID, List.of())).isEmpty();
    }

    @Test
    void aSecretScopeThatNobodyNeedsAnyMoreIsDropped() {
        revisions.accept(STAGING, scope("5678", 3));
        revisions.departed(STAGING_ID, List.of()).forEach(revisions::drop);

        assertThat(revisions.departed(STAGING_ID, List.of())).isEmpty();
        assertThat(kept()).isEmpty();
    }

    @Test
    void anEnvironmentThatIsMadeAnewIsAnotherOwner() {
        revisions.accept(STAGING, scope("5678", 3));
        revisions.accept(staging("e-2"), scope("5678", 3));

        assertThat(kept()).singleElement().satisfies(it -> assertThat(
                        it.getMetadata().getOwnerReferences())
                .extracting(OwnerReference::getUid)
                .containsExactly("5678", "e-2"));
        assertThat(restarted().departed(STAGING_ID, List.of())).hasSize(1);
    }

    private Revisions restarted() {
        var restarted = new Revisions(cluster.client());
        restarted.load();
        return restarted;
    }

    private static Optional<String> image(Revisions revisions) {
        return revisions.last("shop", API, "1234", Workload.class).map(it -> it.getSpec()
                .image());
    }

    private List<ControllerRevision> kept() {
        return cluster.client()
                .apps()
                .controllerRevisions()
                .inNamespace("shop")
                .list()
                .getItems();
    }

    private static Environment staging(String uid) {
        return Serialization.unmarshal("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: Environment
                metadata: {name: staging, namespace: shop, uid: %s}
                spec: {namespaces: [{name: web}]}
                """.formatted(uid), Environment.class);
    }

    private static SecretScope scope(String uid, long generation) {
        return Serialization.unmarshal("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: SecretScope
                metadata: {name: secrets, namespace: shop, uid: "%s", generation: %d}
                spec: {environmentRef: {name: staging}, entries: [{name: token, type: Token}]}
                """.formatted(uid, generation), SecretScope.class);
    }

    private static Workload workload(long generation, String image) {
        return Serialization.unmarshal("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: Workload
                metadata: {name: api, namespace: shop, uid: "1234", generation: %d}
                spec: {environmentRef: {name: staging}, image: "%s"}
                """.formatted(generation, image), Workload.class);
    }
}
