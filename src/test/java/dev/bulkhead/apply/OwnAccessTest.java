package dev.bulkhead.apply;

import static dev.bulkhead.apply.Objects.OF_STAGING;
import static dev.bulkhead.apply.Objects.OURS;
import static dev.bulkhead.apply.Objects.STAGING;
import static dev.bulkhead.apply.Objects.plan;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The right to write Secrets comes first and goes last, and an API server may hear of it late. */
class OwnAccessTest {

    private static final Digest DIGEST = new Digest("a key for tests only".getBytes(StandardCharsets.UTF_8));
    private static final Entry WEB = OF_STAGING.namespace("web");
    private static final Entry OWN = OF_STAGING.ownAccess("web");
    private static final Entry SECRET = OF_STAGING.secret("web", "db", "v1");
    private static final Plan ALL = plan(SECRET, OWN, WEB);

    private final FakeTarget target = new FakeTarget(DIGEST);
    private final Applier applier = new Applier(DIGEST, new SameThread(), new MovableClock());

    @Test
    void itIsBoundBeforeTheFirstSecretAndTakenBackAfterTheLast() {
        apply(ALL);
        assertThat(target.requests())
                .filteredOn(it -> it.startsWith("apply"))
                .containsExactly(
                        "apply Namespace web as bulkhead",
                        "apply RoleBinding web/own as bulkhead",
                        "apply Secret web/db as bulkhead");

        apply(plan(WEB));
        assertThat(target.requests())
                .filteredOn(it -> it.startsWith("delete"))
                .containsExactly("delete Secret web/db", "delete RoleBinding web/own");
    }

    @Test
    void aRefusalJustAfterTheBindingIsAskedAgain() {
        target.refuseAtFirst(SECRET.ref(), 403, 3);

        assertThat(apply(ALL).complete()).isTrue();
        assertThat(target.there()).contains(SECRET.ref());
    }

    @Test
    void aRefusalThatLastsIsReported() {
        target.refuse(SECRET.ref(), 403);

        assertThat(apply(ALL).all(Applied.Refused.class)).singleElement().matches(it -> it.ref()
                .equals(SECRET.ref()));
    }

    @Test
    void aRefusalWithoutANewBindingIsReportedAtOnce() {
        apply(plan(WEB, OWN));
        target.refuseAtFirst(SECRET.ref(), 403, 1);

        assertThat(apply(ALL).all(Applied.Refused.class)).hasSize(1);
    }

    @Test
    void theBindingStaysWhileASecretCannotBeRemoved() {
        apply(ALL);
        target.refuse(SECRET.ref(), 500);
        var outcome = apply(plan(WEB));
        assertThat(target.there()).contains(SECRET.ref(), OWN.ref());
        assertThat(outcome.complete()).isFalse();

        target.accept(SECRET.ref());
        assertThat(apply(plan(WEB)).complete()).isTrue();
        assertThat(target.there()).containsExactly(WEB.ref());
    }

    private Outcome apply(Plan plan) {
        assertThat(plan.environment()).isEqualTo(STAGING);
        return applier.apply(plan, OURS, target, Consent.NONE);
    }
}
