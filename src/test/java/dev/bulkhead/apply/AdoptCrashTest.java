package dev.bulkhead.apply;

import static dev.bulkhead.apply.Objects.OF_STAGING;
import static dev.bulkhead.apply.Objects.OURS;
import static dev.bulkhead.apply.Objects.STAGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.apply.Adoption.Stage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that dies while it takes over what was there before leaves nothing half taken. */
class AdoptCrashTest {

    private static final Digest DIGEST = new Digest("a key for tests only".getBytes(StandardCharsets.UTF_8));
    private static final Entry WEB = OF_STAGING.namespace("web");
    private static final Entry API = OF_STAGING.pods("web", "api", 1);
    private static final List<Entry> ENTRIES =
            List.of(WEB, API, OF_STAGING.denyAll("web"), OF_STAGING.file("web", "new", "one"));

    @ParameterizedTest
    @EnumSource(value = Stage.class, names = "TAKEN", mode = EnumSource.Mode.EXCLUDE)
    void afterACrashAtAnyWriteTheNextProcessGoesOnWithTheAdoption(Stage stage) {
        var undisturbed = whatWasThere(stage);
        var before = undisturbed.writes();
        settle(undisturbed);
        var writes = undisturbed.writes() - before;

        var kept = stage == Stage.KEPT;
        assertThat(undisturbed.content().get(API.ref()).get(List.of("spec", "replicas")))
                .isEqualTo(kept ? 3 : 1);
        assertThat(undisturbed.content().get(API.ref()).containsKey(List.of("spec", "paused")))
                .as("what was set by hand and nobody plans")
                .isEqualTo(kept);
        assertThat(adoptions(undisturbed).find(API.ref()))
                .map(Adoption::stage)
                .contains(kept ? Stage.KEPT : Stage.TAKEN);
        for (var write = 1; write <= writes; write++) {
            for (var afterwards : new boolean[] {false, true}) {
                var target = whatWasThere(stage);
                target.crashAt(write, afterwards);
                assertThatThrownBy(() -> settle(target)).satisfies(AdoptCrashTest::isTheCrash);
                target.restart();

                settle(target);

                assertThat(target.content())
                        .as("%s with a crash %s write %d", stage, afterwards ? "after" : "at", write)
                        .isEqualTo(undisturbed.content());
                assertThat(adoptions(target)).isEqualTo(adoptions(undisturbed));
            }
        }
    }

    @Test
    void replicasThatAnAutoscalerSetsAreNotResetWhenTheirManagerGoes() {
        var target = whatWasThere(Stage.TAKING);
        var scaled = Objects.plan(WEB, OF_STAGING.scaledPods("web", "api"));

        new Applier(DIGEST, new SameThread(), new MovableClock()).apply(scaled, OURS, target, Consent.NONE);

        assertThat(target.content().get(API.ref()))
                .containsEntry(List.of("spec", "replicas"), 3)
                .doesNotContainKey(List.of("spec", "paused"));
    }

    /** From a thread of the applier it comes wrapped. */
    private static void isTheCrash(Throwable thrown) {
        assertThat(thrown.getCause() == null ? thrown : thrown.getCause()).isInstanceOf(FakeTarget.Crash.class);
    }

    /** Somebody's namespace and pods, and the word that they are ours from now on. */
    private static FakeTarget whatWasThere(Stage stage) {
        var target = new FakeTarget(DIGEST);
        target.edit(WEB.ref(), "kubectl-create", "front", "metadata", "labels", "tier");
        target.edit(API.ref(), "kubectl-create", 3, "spec", "replicas");
        target.edit(API.ref(), "kubectl-create", true, "spec", "paused");
        var taken = Map.of(
                WEB.ref(), new Adoption(target.uid(WEB.ref()), stage, 1, Map.of()),
                API.ref(), new Adoption(target.uid(API.ref()), stage, 1, Map.of("app", "api")));
        target.store(STAGING, Inventory.EMPTY.adopt(ENTRIES.stream(), taken));
        return target;
    }

    private static void settle(FakeTarget target) {
        var applier = new Applier(DIGEST, new SameThread(), new MovableClock());
        for (var look = 0; look < 3; look++) {
            applier.apply(plan(target), OURS, target, Consent.NONE);
        }
        assertThat(applier.apply(plan(target), OURS, target, Consent.NONE).results())
                .allMatch(Applied.Unchanged.class::isInstance);
    }

    private static Plan plan(FakeTarget target) {
        return Objects.plan(ENTRIES.stream().map(adoptions(target)::reduce));
    }

    private static Adoptions adoptions(FakeTarget target) {
        return target.inventory(STAGING).adoptions();
    }
}
