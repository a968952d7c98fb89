package dev.bulkhead.apply;

import static dev.bulkhead.apply.Objects.OF_STAGING;
import static dev.bulkhead.apply.Objects.OURS;
import static dev.bulkhead.apply.Objects.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.Inventory.Held;
import dev.bulkhead.apply.Step.Why;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What is to be done is worked out from memory alone. */
class StepsTest {

    private static final Instant NOW = MovableClock.START;
    private static final Digest DIGEST = new Digest("a key for tests only".getBytes(StandardCharsets.UTF_8));
    private static final Entry WEB = OF_STAGING.namespace("web");
    private static final Entry FILE = OF_STAGING.file("web", "api", "one");

    private final Contests contests = new Contests();
    private final Steps steps = new Steps(DIGEST, contests);
    private final Map<Ref, Held> inventory = new TreeMap<>();
    private final Map<Ref, Observation> seen = new HashMap<>();

    @Test
    void whatNobodyKnowsIsNew() {
        assertThat(why(FILE)).isEqualTo(Why.NEW);
    }

    @Test
    void whatCarriesOurLabelsAndIsNotNamedIsOursAgain() {
        seen.put(FILE.ref(), observation(FILE.ref(), "there", OURS));

        assertThat(why(FILE)).isEqualTo(Why.OURS_AGAIN);
    }

    @Test
    void whatCarriesTheLabelsOfAnotherEnvironmentIsNotOurs() {
        seen.put(FILE.ref(), observation(FILE.ref(), "there", other()));

        assertThat(why(FILE)).isEqualTo(Why.NEW);
    }

    @Test
    void whatIsToBeAdoptedIsTakenByTheUidThatWasSeen() {
        inventory.put(FILE.ref(), Held.announced(FILE, "uid of what was there"));

        assertThat(step(FILE))
                .isEqualTo(new Step.Write(FILE, steps.digest(FILE), Why.ADOPTED, "uid of what was there"));
    }

    @Test
    void whatWasAnnouncedAndIsNotThereIsStillNew() {
        inventory.put(FILE.ref(), Held.announced(FILE));

        assertThat(why(FILE)).isEqualTo(Why.NEW);
    }

    @Test
    void whatWasAnnouncedAndBelongsToAnotherEnvironmentIsStillNew() {
        inventory.put(FILE.ref(), Held.announced(FILE));
        seen.put(FILE.ref(), observation(FILE.ref(), "there", other()));

        assertThat(why(FILE)).isEqualTo(Why.NEW);
    }

    @Test
    void whatWasAnnouncedAndIsThereIsAppliedOnceMore() {
        inventory.put(FILE.ref(), Held.announced(FILE));
        seen.put(FILE.ref(), observation(FILE.ref(), "there", OURS));

        assertThat(why(FILE)).isEqualTo(Why.CHANGED);
    }

    @Test
    void anotherContentIsAChange() {
        hold(OF_STAGING.file("web", "api", "zero"), "digest");
        seen.put(FILE.ref(), observation(FILE.ref(), "digest", OURS));

        assertThat(why(FILE)).isEqualTo(Why.CHANGED);
    }

    @Test
    void whoseDigestNobodyKnowsIsAppliedOnceMore() {
        hold(FILE, "");
        seen.put(FILE.ref(), observation(FILE.ref(), "digest", OURS));

        assertThat(why(FILE)).isEqualTo(Why.UNKNOWN);
    }

    @Test
    void whatIsAsWeLeftItIsLeft() {
        hold(FILE, "digest");
        seen.put(FILE.ref(), observation(FILE.ref(), "digest", OURS));

        assertThat(step(FILE)).isEqualTo(new Step.Leave(FILE.ref()));
    }

    @Test
    void whatIsGoneWasDeletedAndWhatDiffersWasEdited() {
        hold(FILE, "digest");
        assertThat(why(FILE)).isEqualTo(Why.DELETED);

        seen.put(FILE.ref(), observation(FILE.ref(), "another", OURS));
        assertThat(why(FILE)).isEqualTo(Why.EDITED);
    }

    @Test
    void aRepairIsHeldBackInAContestAndAChangeIsNot() {
        hold(FILE, "digest");
        seen.put(FILE.ref(), observation(FILE.ref(), "another", OURS));
        IntStream.range(0, Contests.FIGHT).forEach(_ -> contests.repaired(FILE.ref(), "rival", NOW));

        assertThat(step(FILE)).isInstanceOf(Step.HoldBack.class);
        assertThat(why(OF_STAGING.file("web", "api", "two"))).isEqualTo(Why.CHANGED);
    }

    @Test
    void allOfANamespaceThatIsBeingDeletedWaits() {
        hold(FILE, "digest");
        seen.put(WEB.ref(), new Observation(WEB.ref(), "uid", 1, OURS.labels(), "digest", Health.TERMINATING, ""));

        assertThat(between(plan(WEB, FILE))).allSatisfy(step -> assertThat(step)
                .isEqualTo(new Step.Wait(step.ref(), "Namespace web is being deleted")));
    }

    @Test
    void whatNothingPlansAnyMoreIsRemoved() {
        hold(FILE, "digest");
        hold(WEB, "digest");

        assertThat(between(plan(WEB))).contains(new Step.Remove(inventory.get(FILE.ref())));
    }

    @Test
    void whatFailedAndIsEvidenceStaysAndIsNeverMade() {
        hold(FILE, "digest");
        var plan = new Plan(plan().environment(), List.of(), Set.of(), Set.of(FILE.ref()));
        seen.put(FILE.ref(), new Observation(FILE.ref(), "uid", 1, OURS.labels(), "digest", Health.failed("no"), ""));
        assertThat(between(plan)).isEmpty();

        seen.put(FILE.ref(), observation(FILE.ref(), "digest", OURS));
        assertThat(between(plan)).containsExactly(new Step.Remove(inventory.get(FILE.ref())));

        seen.clear();
        assertThat(between(plan)).containsExactly(new Step.Remove(inventory.get(FILE.ref())));
    }

    @Test
    void aNewVersionOfASecretIsAChangeAndItsValueIsNotNeededToSeeThat() {
        var secret = OF_STAGING.secret("web", "db", "v1");
        hold(secret, "digest");
        seen.put(secret.ref(), observation(secret.ref(), "digest", OURS));

        assertThat(step(secret)).isInstanceOf(Step.Leave.class);
        assertThat(why(OF_STAGING.secret("web", "db", "v2"))).isEqualTo(Why.CHANGED);
    }

    /** One object: what is planned of it, what the inventory says and what the watch says. Zero: nothing. */
    record Situation(int planned, int desired, int digest, int observed, boolean ours) {}

    @Property(tries = 200)
    void onceTheStepsAreTakenThereIsNothingToDo(@ForAll("situations") List<Situation> situations) {
        imagine(situations);
        var plan = planned(situations);

        between(plan).forEach(this::take);

        assertThat(between(plan)).allMatch(Step.Leave.class::isInstance);
        assertThat(inventory).containsOnlyKeys(plan.byRef().keySet());
    }

    @Property(tries = 200)
    void everyPlannedObjectHasOneStepAndIsNeverRemoved(@ForAll("situations") List<Situation> situations) {
        imagine(situations);
        var plan = planned(situations);

        var all = between(plan);

        assertThat(all)
                .extracting(Step::ref)
                .doesNotHaveDuplicates()
                .containsAll(plan.byRef().keySet());
        assertThat(all)
                .filteredOn(Step.Remove.class::isInstance)
                .extracting(Step::ref)
                .allMatch(ref -> !plan.byRef().containsKey(ref))
                .allMatch(ref ->
                        inventory.containsKey(ref) || OURS.owns(seen.get(ref).labels()));
    }

    @Provide
    Arbitrary<List<Situation>> situations() {
        var some = Arbitraries.integers().between(0, 3);
        return net.jqwik.api.Combinators.combine(some, some, some, some, Arbitraries.of(true, false))
                .as(Situation::new)
                .list()
                .ofMaxSize(8);
    }

    private static Plan planned(List<Situation> situations) {
        return plan(IntStream.range(0, situations.size())
                .filter(number -> situations.get(number).planned > 0)
                .mapToObj(number -> entry(number, situations.get(number).planned)));
    }

    private static Entry entry(int number, int version) {
        return OF_STAGING.file("web", "file-" + number, "version " + version);
    }

    private void imagine(List<Situation> situations) {
        inventory.clear();
        seen.clear();
        for (var number = 0; number < situations.size(); number++) {
            var situation = situations.get(number);
            var ref = entry(number, 1).ref();
            if (situation.desired > 0) {
                inventory.put(
                        ref,
                        new Held(
                                ref,
                                Level.FOUNDATION,
                                situation.desired == 3 ? "" : steps.digest(entry(number, situation.desired)),
                                situation.digest == 0 ? "" : "digest-" + situation.digest,
                                "uid"));
            }
            if (situation.observed > 0) {
                seen.put(ref, observation(ref, "digest-" + situation.observed, situation.ours ? OURS : other()));
            }
        }
    }

    private void take(Step step) {
        switch (step) {
            case Step.Write write -> {
                inventory.put(write.ref(), new Held(write.ref(), Level.FOUNDATION, write.desired(), "applied", "uid"));
                seen.put(write.ref(), observation(write.ref(), "applied", OURS));
            }
            case Step.Remove remove -> {
                inventory.remove(remove.ref());
                seen.remove(remove.ref());
            }
            case Step.Leave _, Step.Wait _, Step.HoldBack _, Step.Keep _, Step.Unserved _, Step.Gone _ -> {}
        }
    }

    private void hold(Entry entry, String digest) {
        inventory.put(entry.ref(), new Held(entry.ref(), entry.level(), steps.digest(entry), digest, "uid"));
    }

    private Why why(Entry entry) {
        return ((Step.Write) step(entry)).why();
    }

    private Step step(Entry entry) {
        return between(plan(entry)).getFirst();
    }

    private List<Step> between(Plan plan) {
        return steps.between(
                plan, OURS, new Inventory(inventory), ref -> Optional.ofNullable(seen.get(ref)), owned(), NOW);
    }

    private List<Observation> owned() {
        return seen.values().stream().filter(it -> OURS.owns(it.labels())).toList();
    }

    private static Observation observation(Ref ref, String digest, Ownership ownership) {
        return new Observation(ref, "uid", 1, ownership.labels(), digest, Health.READY, "");
    }

    private static Ownership other() {
        return new Ownership("hub-1", new EnvironmentId("shop", "other"), "uid-other");
    }
}
