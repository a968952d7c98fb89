package dev.bulkhead.apply;

import static dev.bulkhead.apply.Objects.OF_STAGING;
import static dev.bulkhead.apply.Objects.OURS;
import static dev.bulkhead.apply.Objects.STAGING;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A cluster that doesn't know a kind goes without it, and without nothing else. */
class UnservedTest {

    private static final Digest DIGEST = new Digest("a key for tests only".getBytes(StandardCharsets.UTF_8));
    private static final Entry WEB = OF_STAGING.namespace("web");
    private static final Entry DENY = OF_STAGING.denyAll("web");
    private static final Entry FILE = OF_STAGING.file("web", "api", "one");
    private static final Entry PODS = OF_STAGING.pods("web", "api", 2);

    private final FakeTarget target = new FakeTarget(DIGEST);
    private final Applier applier = new Applier(DIGEST, new SameThread(), new MovableClock());

    @Test
    void whatTheClusterDoesNotServeIsLeftOutAndSaid() {
        var outcome = applyWithout(Kind.CONFIG_MAP);

        assertThat(target.requests()).noneMatch(it -> it.contains("ConfigMap"));
        assertThat(outcome.all(Applied.Refused.class)).singleElement().satisfies(it -> {
            assertThat(it.ref()).isEqualTo(FILE.ref());
            assertThat(it.message()).contains("the cluster serves no v1 ConfigMap");
        });
        assertThat(target.inventory(STAGING).held().keySet())
                .containsExactlyInAnyOrder(WEB.ref(), DENY.ref(), PODS.ref());
    }

    /** Wherever NetworkPolicies are no kind, nothing may start that they should have sealed. */
    @Test
    void withoutItsDenyAllANamespaceStaysClosed() {
        applyWithout(Kind.NETWORK_POLICY);

        assertThat(target.requests()).noneMatch(it -> it.startsWith("apply Deployment"));
    }

    /** What was seen once is served, whoever says that it isn't: nothing is taken away for that. */
    @Test
    void whatIsThereIsNotLeftOut() {
        applyWithout();
        target.requests();

        var outcome = applyWithout(Kind.CONFIG_MAP, Kind.DEPLOYMENT);

        assertThat(target.requests()).isEmpty();
        assertThat(outcome.complete()).isTrue();
    }

    /** The mesh was taken out of the cluster, and all that there was of it with it: nobody has to approve that. */
    @Test
    void whatWentWithItsKindIsForgottenWithoutARequestAndCountsAsNoRemoval() {
        applyWithout();
        target.requests();
        target.vanish(FILE.ref());

        var outcome = applier.apply(
                new Plan(STAGING, List.of(WEB, DENY, PODS), Set.of(Kind.CONFIG_MAP)),
                OURS,
                target,
                Consent.NONE.within(new BlastRadius(0, 0)));

        assertThat(target.requests()).containsExactly("store inventory");
        assertThat(outcome.complete()).isTrue();
        assertThat(target.inventory(STAGING).held()).doesNotContainKey(FILE.ref());
    }

    private Outcome applyWithout(Kind... kinds) {
        var plan = new Plan(STAGING, List.of(WEB, DENY, FILE, PODS), Set.of(kinds));
        return applier.apply(plan, OURS, target, Consent.NONE);
    }
}
