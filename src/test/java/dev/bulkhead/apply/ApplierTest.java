package dev.bulkhead.apply;

import static dev.bulkhead.apply.Objects.OF_STAGING;
import static dev.bulkhead.apply.Objects.OURS;
import static dev.bulkhead.apply.Objects.STAGING;
import static dev.bulkhead.apply.Objects.plan;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is written to a target, in which order, and what is not. */
class ApplierTest {

    private static final Digest DIGEST = new Digest("a key for tests only".getBytes(StandardCharsets.UTF_8));
    private static final EnvironmentId OTHER = new EnvironmentId("shop", "other");
    private static final Ownership OTHERS = new Ownership("hub-1", OTHER, "uid-other");

    private static final Entry WEB = OF_STAGING.namespace("web");
    private static final Entry DENY = OF_STAGING.denyAll("web");
    private static final Entry FILE = OF_STAGING.file("web", "api", "one");
    private static final Entry PODS = OF_STAGING.pods("web", "api", 2);
    private static final Plan ALL = plan(PODS, DENY, FILE, WEB);

    private final MovableClock clock = new MovableClock();
    private final FakeTarget target = new FakeTarget(DIGEST);
    private final Applier applier = new Applier(DIGEST, new SameThread(), clock);

    @Test
    void namespacesComeFirstThenWhatAllowsThenWhatDeniesThenPods() {
        apply(ALL);

        assertThat(target.requests())
                .filteredOn(it -> !it.startsWith("get"))
                .containsExactly(
                        "store inventory",
                        "apply Namespace web as bulkhead",
                        "apply ConfigMap web/api as bulkhead",
                        "apply NetworkPolicy web/deny-all as bulkhead",
                        "apply Deployment web/api as bulkhead",
                        "store inventory");
    }

    @Test
    void nothingToDoIsNoRequest() {
        apply(ALL);
        target.requests();

        var outcome = apply(ALL);

        assertThat(target.requests()).isEmpty();
        assertThat(outcome.complete()).isTrue();
        assertThat(outcome.all(Applied.Unchanged.class)).hasSize(4);
    }

    @Test
    void whatAFinalizerHoldsStaysNamedAndIsNotDeletedAgain() {
        apply(ALL);
        target.hold(DENY.ref());

        assertThat(apply(plan(WEB)).all(Applied.Waiting.class).map(Applied.Waiting::message))
                .singleElement()
                .asString()
                .contains("NetworkPolicy web/deny-all is being deleted", "finalizer");
        target.requests();
        assertThat(apply(plan(WEB)).complete()).isFalse();
        assertThat(target.requests()).containsExactly("get NetworkPolicy web/deny-all");

        target.vanish(DENY.ref());
        assertThat(apply(plan(WEB)).complete()).isTrue();
        assertThat(inventory()).containsExactly(WEB.ref());
    }

    @Test
    void whatIsWantedAndOnItsWayOutIsNotThere() {
        apply(ALL);
        target.hold(DENY.ref());
        target.delete(DENY.ref(), target.uid(DENY.ref()));

        assertThat(apply(ALL).all(Applied.Waiting.class).map(Applied.Waiting::ref))
                .containsExactly(DENY.ref());

        target.vanish(DENY.ref());
        assertThat(apply(ALL).complete()).isTrue();
    }

    @Test
    void whatIsNotPlannedAnyMoreGoesInReverseAndStaysNamedUntilItIsGone() {
        apply(ALL);
        target.requests();

        var outcome = apply(plan());

        assertThat(target.requests())
                .filteredOn(it -> !it.startsWith("list"))
                .containsExactly(
                        "delete Deployment web/api",
                        "delete NetworkPolicy web/deny-all",
                        "delete ConfigMap web/api",
                        "delete Namespace web",
                        "store inventory");
        assertThat(outcome.complete()).isFalse();
        assertThat(inventory()).containsExactly(WEB.ref());

        target.vanish(WEB.ref());
        assertThat(apply(plan()).complete()).isTrue();
        assertThat(inventory()).isEmpty();
    }

    @Test
    void aNamespaceWithVolumeClaimsIsKeptAndSaid() {
        apply(ALL);
        target.putVolumeClaimInto("web");

        var outcome = apply(plan());

        assertThat(target.there()).containsExactly(WEB.ref());
        assertThat(outcome.all(Applied.Kept.class)).extracting(Applied::ref).containsExactly(WEB.ref());
        assertThat(outcome.complete()).isTrue();
    }

    @Test
    void whatIsNotOursIsNotTouched() {
        target.edit(WEB.ref(), "kubectl", "x", "metadata", "labels", "theirs");
        var before = target.content();

        var outcome = apply(ALL);

        assertThat(target.content()).isEqualTo(before);
        assertThat(outcome.all(Applied.Foreign.class)).extracting(Applied::ref).containsExactly(WEB.ref());
        assertThat(outcome.all(Applied.Waiting.class))
                .extracting(Applied::ref)
                .containsExactlyInAnyOrder(DENY.ref(), FILE.ref(), PODS.ref());

        apply(plan());
        assertThat(target.content()).isEqualTo(before);
    }

    @Test
    void theFirstOwnerOfANamespaceKeepsItAndAllInIt() {
        applyAs(OTHERS, others());
        var before = target.content();

        assertThat(apply(ALL).all(Applied.Foreign.class)).isNotEmpty();
        assertThat(apply(ALL).all(Applied.Foreign.class)).isNotEmpty();
        assertThat(target.content()).isEqualTo(before);
    }

    @Test
    void theSecondOwnerOfANamespaceTakesNothingWithItWhenItGoes() {
        applyAs(OTHERS, others());
        apply(ALL);
        var before = target.content();

        apply(plan());

        assertThat(target.content()).isEqualTo(before);
        assertThat(target.observed(WEB.ref()).orElseThrow().health()).isEqualTo(Health.READY);
        assertThat(inventory()).isEmpty();
    }

    @Test
    void whatWasOnlyAnnouncedBeforeACrashIsNotTakenFromItsOwner() {
        applyAs(OTHERS, others());
        var before = target.content();
        target.store(STAGING, Inventory.EMPTY.announce(ALL.entries().stream()));

        var outcome = apply(ALL);

        assertThat(target.content()).isEqualTo(before);
        assertThat(outcome.all(Applied.Foreign.class)).extracting(Applied::ref).containsExactly(WEB.ref());
    }

    @Test
    void whatSomebodyElsePutsInThePlaceOfADeletedObjectIsNotOurs() {
        apply(ALL);
        target.vanish(FILE.ref());
        target.edit(FILE.ref(), "kubectl", "theirs", "data", "file");

        var outcome = apply(ALL);

        assertThat(target.field(FILE.ref(), "data", "file")).isEqualTo("theirs");
        assertThat(outcome.all(Applied.Foreign.class)).extracting(Applied::ref).containsExactly(FILE.ref());
    }

    @Test
    void whatAnotherEnvironmentMakesInThePlaceOfADeletedNamespaceIsItsOwn() {
        apply(ALL);
        target.vanish(WEB.ref());
        applyAs(OTHERS, others());
        var before = target.content();

        var outcome = apply(ALL);

        assertThat(target.content()).isEqualTo(before);
        assertThat(outcome.all(Applied.Foreign.class)).extracting(Applied::ref).contains(WEB.ref());
    }

    @Test
    void anObjectWithoutOurLabelsIsPutBackAsLongAsItIsTheSame() {
        apply(ALL);
        target.edit(FILE.ref(), "kubectl", "nobody", "metadata", "labels", Ownership.MANAGED_BY);

        var outcome = apply(ALL);

        assertThat(target.field(FILE.ref(), "metadata", "labels", Ownership.MANAGED_BY))
                .isEqualTo(Ownership.MANAGER);
        assertThat(outcome.all(Applied.Changed.class)).singleElement().satisfies(changed -> {
            assertThat(changed.why()).isEqualTo(Step.Why.EDITED);
            assertThat(changed.ref()).isEqualTo(FILE.ref());
        });
    }

    @Test
    void aRefusedObjectHoldsUpItsOwnWorkloadAndNoOther() {
        target.refuse(FILE.ref(), 422);
        var other = OF_STAGING.pods("web", "other", 1);

        var outcome = apply(plan(WEB, DENY, FILE, PODS, other));

        assertThat(target.there()).contains(other.ref()).doesNotContain(FILE.ref(), PODS.ref());
        assertThat(outcome.all(Applied.Refused.class)).extracting(Applied::ref).containsExactly(FILE.ref());
        assertThat(outcome.all(Applied.Waiting.class)).extracting(Applied::ref).containsExactly(PODS.ref());

        target.accept(FILE.ref());
        assertThat(apply(plan(WEB, DENY, FILE, PODS, other)).complete()).isTrue();
    }

    @Test
    void noPodStartsInANamespaceThatIsNotSealedYet() {
        target.refuse(DENY.ref(), 500);

        apply(ALL);
        assertThat(target.there()).contains(FILE.ref()).doesNotContain(PODS.ref());

        target.accept(DENY.ref());
        assertThat(apply(ALL).complete()).isTrue();
    }

    @Test
    void nothingIsWrittenIntoANamespaceThatIsBeingDeleted() {
        apply(ALL);
        target.terminate(WEB.ref());
        target.requests();

        var outcome = apply(plan(WEB, DENY, OF_STAGING.file("web", "api", "two"), PODS));

        assertThat(target.requests()).isEmpty();
        assertThat(outcome.all(Applied.Waiting.class)).hasSize(4);

        target.vanish(WEB.ref());
        assertThat(apply(ALL).complete()).isTrue();
        assertThat(apply(ALL).all(Applied.Unchanged.class)).hasSize(4);
    }

    @Test
    void aDeletedObjectIsBackAndAnEditedOneAsItWas() {
        apply(ALL);
        target.vanish(DENY.ref());
        target.edit(PODS.ref(), "kubectl-edit", 7, "spec", "replicas");

        var outcome = apply(ALL);

        assertThat(target.there()).contains(DENY.ref());
        assertThat(target.field(PODS.ref(), "spec", "replicas")).isEqualTo(2);
        assertThat(outcome.all(Applied.Changed.class))
                .extracting(it -> "%s %s %s".formatted(it.why(), it.ref(), it.manager()))
                .containsExactlyInAnyOrder(
                        "DELETED NetworkPolicy web/deny-all ", "EDITED Deployment web/api kubectl-edit");
    }

    @Test
    void aFieldOfOthersBesideOursIsLeftAlone() {
        apply(ALL);
        target.edit(FILE.ref(), "kubectl", "theirs", "data", "other");
        target.requests();

        assertThat(apply(ALL).all(Applied.Unchanged.class)).hasSize(4);
        assertThat(target.requests()).isEmpty();
    }

    @Test
    void replicasAreClaimedForTheirNewOwnerBeforeWeLetGo() {
        apply(ALL);
        target.requests();

        apply(plan(WEB, DENY, FILE, OF_STAGING.scaledPods("web", "api")));

        assertThat(target.requests())
                .containsExactly(
                        "get Deployment web/api",
                        "apply Deployment web/api as bulkhead-hand-over",
                        "apply Deployment web/api as bulkhead",
                        "store inventory");
        assertThat(target.field(PODS.ref(), "spec", "replicas")).isEqualTo(2);

        target.edit(PODS.ref(), "horizontal-pod-autoscaler", 5, "spec", "replicas");
        assertThat(apply(plan(WEB, DENY, FILE, OF_STAGING.scaledPods("web", "api")))
                        .all(Applied.Unchanged.class))
                .hasSize(4);
        assertThat(target.field(PODS.ref(), "spec", "replicas")).isEqualTo(5);
    }

    @Test
    void aSecretWithoutItsSourceWaitsAndTheRestDoesNot() {
        target.loseSecret("db");
        var secret = OF_STAGING.secret("web", "db", "v1");

        var outcome = apply(plan(WEB, DENY, FILE, PODS, secret));

        assertThat(outcome.all(Applied.Waiting.class)).singleElement().satisfies(waiting -> {
            assertThat(waiting.ref()).isEqualTo(secret.ref());
            assertThat(waiting.message()).isEqualTo("Secret db isn't there");
        });
        assertThat(target.there()).contains(PODS.ref()).doesNotContain(secret.ref());
    }

    @Test
    void aLostInventoryIsMadeAgainWithoutALossOfWhatIsThere() {
        apply(ALL);
        var uid = target.uid(WEB.ref());
        target.store(STAGING, Inventory.EMPTY);

        var outcome = apply(ALL);

        assertThat(outcome.all(Applied.Changed.class)).hasSize(4).allMatch(it -> it.why() == Step.Why.OURS_AGAIN);
        assertThat(target.uid(WEB.ref())).isEqualTo(uid);
        assertThat(apply(ALL).all(Applied.Unchanged.class)).hasSize(4);
    }

    @Test
    void aWriterWhoKeepsFightingIsMetWithPatience() {
        apply(ALL);
        for (var repair = 0; repair < Contests.FIGHT; repair++) {
            target.edit(PODS.ref(), "rival", 7, "spec", "replicas");
            assertThat(apply(ALL).all(Applied.Changed.class)).hasSize(1);
        }
        target.edit(PODS.ref(), "rival", 7, "spec", "replicas");

        assertThat(apply(ALL).all(Applied.Contested.class))
                .singleElement()
                .satisfies(it -> assertThat(it.contest().manager()).isEqualTo("rival"));
        assertThat(target.field(PODS.ref(), "spec", "replicas")).isEqualTo(7);

        clock.advance(Contests.FIRST);
        assertThat(apply(ALL).all(Applied.Changed.class)).hasSize(1);
    }

    @Test
    void aPreviewSaysWhatWouldBeDoneAndAsksNothing() {
        apply(ALL);
        target.requests();

        var steps = applier.preview(plan(WEB, DENY, OF_STAGING.file("web", "api", "two")), OURS, target);

        assertThat(target.requests()).isEmpty();
        assertThat(steps.stream().filter(it -> !(it instanceof Step.Leave)))
                .extracting(Step::ref)
                .containsExactlyInAnyOrder(FILE.ref(), PODS.ref());
    }

    private static Plan others() {
        var theirs = new Objects(OTHERS);
        return new Plan(
                OTHER,
                List.of(
                        theirs.namespace("web"),
                        theirs.denyAll("web"),
                        theirs.file("web", "api", "theirs"),
                        theirs.pods("web", "api", 9)));
    }

    private Outcome apply(Plan plan) {
        return applyAs(OURS, plan);
    }

    private Outcome applyAs(Ownership ownership, Plan plan) {
        return applier.apply(plan, ownership, target, Consent.NONE);
    }

    private Set<Ref> inventory() {
        return target.inventory(STAGING).held().keySet();
    }
}
