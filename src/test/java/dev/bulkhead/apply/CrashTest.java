package dev.bulkhead.apply;

import static dev.bulkhead.apply.Objects.OF_STAGING;
import static dev.bulkhead.apply.Objects.OURS;
import static dev.bulkhead.apply.Objects.STAGING;
import static dev.bulkhead.apply.Objects.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulkhead.apply.Inventory.Held;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The process may end at any write. The next one goes on, and ends where the first one would have. */
class CrashTest {

    private static final Digest DIGEST = new Digest("a key for tests only".getBytes(StandardCharsets.UTF_8));

    private static final Plan NOTHING = plan();
    private static final Plan BEFORE = plan(
            OF_STAGING.namespace("web"),
            OF_STAGING.denyAll("web"),
            OF_STAGING.file("web", "api", "one"),
            OF_STAGING.file("web", "old", "one"),
            OF_STAGING.pods("web", "api", 2),
            OF_STAGING.namespace("gone"),
            OF_STAGING.file("gone", "old", "one"));
    private static final Plan AFTER = plan(
            OF_STAGING.namespace("web"),
            OF_STAGING.denyAll("web"),
            OF_STAGING.file("web", "api", "two"),
            OF_STAGING.secret("web", "db", "v1"),
            OF_STAGING.scaledPods("web", "api"),
            OF_STAGING.pods("web", "new", 1),
            OF_STAGING.namespace("data"),
            OF_STAGING.pods("data", "db", 1));

    enum Way {
        UP(NOTHING, BEFORE),
        ACROSS(BEFORE, AFTER),
        BACK(AFTER, BEFORE),
        DOWN(AFTER, NOTHING);

        private final Plan from;
        private final Plan to;

        Way(Plan from, Plan to) {
            this.from = from;
            this.to = to;
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void afterACrashAtAnyWriteTheNextProcessEndsWhereTheFirstWouldHave(Way way) {
        var undisturbed = standing(way.from);
        var before = undisturbed.writes();
        settle(undisturbed, way.to);
        var writes = undisturbed.writes() - before;

        assertThat(writes).isPositive();
        for (var write = 1; write <= writes; write++) {
            for (var afterwards : new boolean[] {false, true}) {
                var target = standing(way.from);
                target.crashAt(write, afterwards);
                assertThatThrownBy(() -> settle(target, way.to)).satisfies(CrashTest::isTheCrash);
                target.restart();

                settle(target, way.to);

                assertThat(target.content())
                        .as("%s with a crash %s write %d", way, afterwards ? "after" : "at", write)
                        .isEqualTo(undisturbed.content());
                assertThat(held(target)).isEqualTo(held(undisturbed));
            }
        }
    }

    /** Found by the enumeration of crashes on a real API server: it was called a repair of what somebody had changed. */
    @Test
    void whatADeadProcessWroteIsNobodysDriftWhenThePlanGoesBack() {
        var undisturbed = standing(BEFORE);
        var before = undisturbed.writes();
        settle(undisturbed, AFTER);
        for (var write = 1; write < undisturbed.writes() - before; write++) {
            var target = standing(BEFORE);
            target.crashAt(write, true);
            assertThatThrownBy(() -> settle(target, AFTER)).satisfies(CrashTest::isTheCrash);
            target.restart();

            var outcome = look(target);

            assertThat(outcome.all(Applied.Changed.class))
                    .as("after a crash after write %d", write)
                    .noneMatch(it -> it.why() == Step.Why.EDITED);
        }
    }

    @Test
    void whatSomebodyElseWroteWhileNobodyWatchedIsDrift() {
        var target = standing(BEFORE);
        target.edit(OF_STAGING.file("web", "api", "one").ref(), "kubectl-edit", "three", "data", "file");

        assertThat(look(target).all(Applied.Changed.class))
                .singleElement()
                .satisfies(it -> assertThat(it.why()).isEqualTo(Step.Why.EDITED))
                .satisfies(it -> assertThat(it.manager()).isEqualTo("kubectl-edit"));
    }

    private static Outcome look(FakeTarget target) {
        return new Applier(DIGEST, new SameThread(), new MovableClock()).apply(BEFORE, OURS, target, Consent.NONE);
    }

    /** From a thread of the applier it comes wrapped. */
    private static void isTheCrash(Throwable thrown) {
        assertThat(thrown.getCause() == null ? thrown : thrown.getCause()).isInstanceOf(FakeTarget.Crash.class);
    }

    private static FakeTarget standing(Plan plan) {
        var target = new FakeTarget(DIGEST);
        settle(target, plan);
        return target;
    }

    /** A new process looks again and again, while Kubernetes does away with namespaces that are being deleted. */
    private static void settle(FakeTarget target, Plan plan) {
        var applier = new Applier(DIGEST, new SameThread(), new MovableClock());
        for (var look = 0; look < 5; look++) {
            applier.apply(plan, OURS, target, Consent.NONE);
            target.finishDeletions();
        }
        assertThat(applier.apply(plan, OURS, target, Consent.NONE).results())
                .allMatch(Applied.Unchanged.class::isInstance);
    }

    private static Map<Ref, String> held(FakeTarget target) {
        return target.inventory(STAGING).held().values().stream()
                .collect(Collectors.toMap(Held::ref, it -> it.level() + it.desired() + it.digest()));
    }
}
