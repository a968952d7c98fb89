package dev.bulkhead.apply;

import static dev.bulkhead.apply.Objects.OF_STAGING;
import static dev.bulkhead.apply.Objects.OURS;
import static dev.bulkhead.apply.Objects.STAGING;
import static dev.bulkhead.apply.Objects.plan;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.apply.Applied.Withheld;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What goes, what stays though nothing plans it, and who has to say a word first. */
class RemovalTest {

    private static final Digest DIGEST = new Digest("a key for tests only".getBytes(StandardCharsets.UTF_8));
    private static final Entry WEB = OF_STAGING.namespace("web");
    private static final Entry DENY = OF_STAGING.denyAll("web");
    private static final Entry FILE = OF_STAGING.file("web", "api", "one");
    private static final Entry PODS = OF_STAGING.pods("web", "api", 2);
    private static final Entry DATA = OF_STAGING.namespace("data");
    private static final Plan ALL = plan(PODS, DENY, FILE, WEB, DATA);
    private static final Ownership RECREATED = new Ownership("hub-1", STAGING, "another uid");

    private final MovableClock clock = new MovableClock();
    private final FakeTarget target = new FakeTarget(DIGEST);
    private final Applier applier = new Applier(DIGEST, new SameThread(), clock);

    @Test
    void aNamespaceWithDataIsKeptAndLabelledAndAskedAboutNoMore() {
        apply(ALL);
        target.putVolumeClaimInto("data");

        var first = apply(plan(PODS, DENY, FILE, WEB));
        target.requests();
        var second = apply(plan(PODS, DENY, FILE, WEB));

        assertThat(first.all(Applied.Kept.class)).hasSize(1);
        assertThat(target.field(DATA.ref(), "metadata", "labels", Ownership.KEPT))
                .isEqualTo("true");
        assertThat(second.all(Applied.Kept.class)).hasSize(1);
        assertThat(second.complete()).isTrue();
        assertThat(target.requests()).isEmpty();
    }

    @Test
    void aKeptNamespaceIsNoChangeThatIsOutstanding() {
        apply(ALL);
        target.putVolumeClaimInto("data");
        apply(plan(PODS, DENY, FILE, WEB));

        assertThat(applier.preview(plan(PODS, DENY, FILE, WEB), OURS, target))
                .filteredOn(it -> it.ref().equals(DATA.ref()))
                .singleElement()
                .isInstanceOf(Step.Keep.class);
    }

    @Test
    void aKeptNamespaceStaysWhenItsVolumesAreGoneUntilAPurgeNamesIt() {
        apply(ALL);
        target.putVolumeClaimInto("data");
        apply(plan(PODS, DENY, FILE, WEB));

        apply(plan(PODS, DENY, FILE, WEB), Consent.NONE);
        assertThat(target.there()).contains(DATA.ref());
        apply(plan(PODS, DENY, FILE, WEB), purging("data"));
        target.finishDeletions();

        assertThat(target.there()).doesNotContain(DATA.ref()).contains(WEB.ref());
    }

    @Test
    void aKeptNamespaceThatIsPlannedAgainIsInUseAgain() {
        apply(ALL);
        target.putVolumeClaimInto("data");
        apply(plan(PODS, DENY, FILE, WEB));

        apply(ALL);

        assertThat(target.field(DATA.ref(), "metadata", "labels", Ownership.KEPT))
                .isNull();
        assertThat(apply(ALL).all(Applied.Unchanged.class)).hasSize(5);
    }

    @Test
    void aPurgeOfOneNamespaceLetsNoOtherGo() {
        apply(ALL);
        target.putVolumeClaimInto("data");
        target.putVolumeClaimInto("web");

        apply(plan(), purging("data"));
        target.finishDeletions();

        assertThat(target.there()).contains(WEB.ref()).doesNotContain(DATA.ref());
    }

    @Test
    void whatALostInventoryNamedIsFoundByItsLabelsAndGoes() {
        apply(ALL);
        target.store(STAGING, Inventory.EMPTY);

        apply(plan(WEB, DENY, FILE, DATA));

        assertThat(target.there()).doesNotContain(PODS.ref()).contains(FILE.ref());
    }

    @Test
    void whatSomebodyElsesFinalizerHoldsIsNamedAndTheRestGoes() {
        apply(ALL);
        target.holdBy("example.com/guard", FILE.ref());

        var outcome = apply(plan(WEB, DATA));

        assertThat(outcome.all(Applied.Waiting.class)).singleElement().satisfies(it -> {
            assertThat(it.ref()).isEqualTo(FILE.ref());
            assertThat(it.lack()).isEqualTo(Applied.Lack.FINALIZER);
            assertThat(it.message()).contains("example.com/guard");
        });
        assertThat(target.there()).doesNotContain(PODS.ref(), DENY.ref());
        target.vanish(FILE.ref());
        assertThat(apply(plan(WEB, DATA)).complete()).isTrue();
        assertThat(target.inventory(STAGING).held()).doesNotContainKey(FILE.ref());
    }

    @Test
    void moreThanTheBlastRadiusIsHeldBackAndTheRestIsDone() {
        apply(ALL);
        var changed = OF_STAGING.file("web", "other", "two");

        var outcome = apply(plan(WEB, DATA, changed), Consent.NONE.within(new BlastRadius(2, 0)));

        assertThat(outcome.all(Withheld.class))
                .hasSize(3)
                .allMatch(it -> it.verdict().why() == Withheld.Why.BLAST_RADIUS)
                .allMatch(it -> it.verdict().message().contains("Deployment web/api"));
        assertThat(target.there()).contains(PODS.ref(), DENY.ref(), FILE.ref(), changed.ref());
    }

    /** kubectl before 1.33 takes what begins with a brace for JSON, and nothing else. */
    @Test
    void theApprovalThatIsShownIsJson() throws JsonProcessingException {
        apply(ALL);

        var held = apply(plan(WEB, DATA), Consent.NONE.within(new BlastRadius(2, 0)))
                .all(Withheld.class);

        var message = held.findFirst().orElseThrow().verdict().message();
        var shown =
                new ObjectMapper().readTree(message.substring(message.indexOf("'{") + 1, message.lastIndexOf('\'')));
        assertThat(shown.at("/spec/purge/removals").asText()).matches("[0-9a-f]{16}");
        assertThat(shown.at("/metadata/namespace").asText()).isEqualTo("shop");
    }

    @Test
    void moreEdgesThanTheBlastRadiusAreHeldBackUntilSomebodyApproves() {
        apply(ALL);

        var outcome = apply(
                plan(WEB, DATA, PODS, DENY),
                Consent.NONE.within(new BlastRadius(25, 1, 0)).cutting(FILE.ref()::equals));

        assertThat(outcome.all(Withheld.class)).singleElement().satisfies(it -> assertThat(
                        it.verdict().message())
                .contains("and with them 1 edges between workloads that stay, of which it lets 0 go"));
        assertThat(target.there()).contains(FILE.ref());
    }

    @Test
    void whatIsWithinTheBlastRadiusGoes() {
        apply(ALL);

        var outcome = apply(plan(WEB, DATA), Consent.NONE.within(new BlastRadius(3, 0)));

        assertThat(outcome.all(Withheld.class)).isEmpty();
        assertThat(target.there()).containsExactlyInAnyOrder(WEB.ref(), DATA.ref());
    }

    @Test
    void whatWasThereForAWhileOnlyIsNotCounted() {
        apply(ALL);
        var limited = Consent.NONE.within(new BlastRadius(2, 0));

        assertThat(apply(plan(WEB, DATA), limited.uncounted(FILE.ref()::equals)).all(Withheld.class))
                .isEmpty();
        assertThat(target.there()).containsExactlyInAnyOrder(WEB.ref(), DATA.ref());
    }

    @Test
    void whatGoesWithItsNamespaceIsNotCountedAgain() {
        apply(ALL);

        assertThat(apply(plan(DATA), Consent.NONE.within(new BlastRadius(0, 1))).all(Withheld.class))
                .isEmpty();
    }

    @Test
    void anApprovalIsForWhatWasShownAndForNothingElse() {
        apply(ALL);
        var limited = Consent.NONE.within(new BlastRadius(0, 0));
        var shown = new Removals(STAGING, List.copyOf(removed(plan(WEB, DATA, FILE)))).token();

        assertThat(apply(plan(WEB, DATA), approving(limited, shown)).all(Withheld.class))
                .hasSize(3);
        var outcome = apply(plan(WEB, DATA, FILE), approving(limited, shown));

        assertThat(outcome.all(Withheld.class)).isEmpty();
        assertThat(outcome.approved()).isEqualTo(shown);
        assertThat(target.there()).contains(FILE.ref()).doesNotContain(PODS.ref());
    }

    @Test
    void aHubThatIsNotWholeRemovesNothing() {
        apply(ALL);

        var outcome = apply(plan(WEB), Consent.NONE.unless(() -> Optional.of("A definition is being deleted")));

        assertThat(outcome.all(Withheld.class))
                .isNotEmpty()
                .allMatch(it -> it.verdict().message().startsWith("A definition is being deleted"));
        assertThat(target.there()).contains(PODS.ref(), DATA.ref());
    }

    @Test
    void theHubIsAskedOnlyWhenSomethingWouldGo() {
        apply(ALL);

        apply(ALL, Consent.NONE.unless(() -> {
            throw new AssertionError("asked");
        }));
    }

    @Test
    void anEnvironmentThatComesBackRemovesNothingBeforeItsContributorsHaveHadTime() {
        apply(ALL);
        var young = Consent.NONE.settledAt(clock.instant().plus(Duration.ofMinutes(5)));

        var outcome = applier.apply(plan(WEB, DATA), RECREATED, target, young);
        assertThat(outcome.all(Withheld.class)).isNotEmpty();
        assertThat(target.there()).contains(PODS.ref());
        assertThat(applier.apply(plan(WEB, DATA), RECREATED, target, young).all(Withheld.class))
                .isNotEmpty();

        clock.advance(Duration.ofMinutes(5));
        applier.apply(plan(WEB, DATA), RECREATED, target, young);
        assertThat(target.there()).doesNotContain(PODS.ref());
    }

    @Test
    void anEnvironmentThatComesBackTakesBackItsOwnAndRestartsNothing() {
        apply(ALL);
        var before = target.content();

        var outcome = applier.apply(ALL, RECREATED, target, Consent.NONE);

        assertThat(outcome.all(Applied.Created.class)).isEmpty();
        assertThat(target.content()).isEqualTo(before);
        assertThat(target.inventory(STAGING).owner()).isEqualTo("another uid");
    }

    @Test
    void aYoungEnvironmentWithALostInventoryRemovesNothingOfWhatItFinds() {
        apply(ALL);
        target.store(STAGING, Inventory.EMPTY);
        var young = Consent.NONE.settledAt(clock.instant().plus(Duration.ofMinutes(5)));

        applier.apply(plan(WEB, DATA), RECREATED, target, young);
        applier.apply(plan(WEB, DATA), RECREATED, target, young);

        assertThat(target.there()).contains(PODS.ref());
    }

    private List<Inventory.Held> removed(Plan plan) {
        return applier.preview(plan, OURS, target).stream()
                .filter(Step.Remove.class::isInstance)
                .map(it -> ((Step.Remove) it).held())
                .toList();
    }

    private static Consent purging(String namespace) {
        return new Consent(Set.of(namespace), Set.of(), BlastRadius.UNLIMITED, Instant.MIN, Optional::empty);
    }

    private static Consent approving(Consent consent, String word) {
        return new Consent(consent.namespaces(), Set.of(word), consent.radius(), consent.settled(), consent.obstacle());
    }

    private Outcome apply(Plan plan) {
        return apply(plan, Consent.NONE);
    }

    private Outcome apply(Plan plan, Consent consent) {
        return applier.apply(plan, OURS, target, consent);
    }
}
