package dev.bulkhead.environment.keeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.environment.HookRun;
import dev.bulkhead.secrets.report.Lines;
import dev.bulkhead.secrets.rotation.HookStep;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.secrets.rotation.VersionFacts;
import dev.bulkhead.secrets.vault.Journal;
import dev.bulkhead.secrets.vault.Shelf;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which hook is asked now, and which was asked in vain. */
class HookRunsTest {

    private static final Entries ENTRIES = Entries.of(List.of(Serialization.unmarshal("""
            apiVersion: bulkhead.dev/v1alpha1
            kind: SecretScope
            metadata: {name: staging, namespace: shop}
            spec:
              environmentRef: {name: staging}
              entries:
              - name: db
                type: Password
                hooks: {install: {workload: users}, verify: {workload: users}}
            """, SecretScope.class)));

    private static final WorkloadSlice USERS = new WorkloadSlice(
            "users",
            1,
            "users",
            "shop-staging-web",
            Serialization.unmarshal("""
                    apiVersion: bulkhead.dev/v1alpha1
                    kind: Workload
                    metadata: {name: users, namespace: shop}
                    spec:
                      environmentRef: {name: staging}
                      targetNamespace: web
                      type: Hook
                      image: registry.example.com/shop/users:1
                    """, Workload.class).getSpec(),
            Map.of());

    @Test
    void aStepIsAskedForWithItsValues() {
        assertThat(runs(Lines.staged())).singleElement().satisfies(run -> {
            assertThat(run.step()).isEqualTo(HookStep.INSTALL);
            assertThat(run.over()).isFalse();
            assertThat(run.pending()).containsKey("value");
        });
    }

    @Test
    void whatFailedIsAskedForNothingAndNotForgottenUntilTheNextTry() {
        var refused =
                Lines.in(Phase.Due).retiring(5).rotation("bbbb", "Schedule").failed(2, "hook verify refused it");

        assertThat(runs(refused))
                .extracting(HookRun::step, HookRun::rotationId, HookRun::attempt, HookRun::over)
                .containsExactlyInAnyOrder(
                        tuple(HookStep.INSTALL, "bbbb", 1, true), tuple(HookStep.VERIFY, "bbbb", 1, true));
        assertThat(runs(refused)).allSatisfy(run -> {
            assertThat(run.pending()).isEmpty();
            assertThat(run.current()).isEmpty();
        });
    }

    private static List<HookRun> runs(Lines line) {
        var shelf = new Shelves().with("db", Phase.Staged, 4, 0, 5).shelf();
        var journal = new Journal(Shelves.STAGING, new TreeMap<>(Map.of("db", line.line())), new TreeMap<>(), "1");
        return new HookRuns("hub-1", new Shelf(journal, Map.of("db", versions(shelf))), List.of(USERS)).of(ENTRIES);
    }

    private static SortedMap<Integer, VersionFacts> versions(Shelf shelf) {
        return new TreeMap<>(shelf.of("db"));
    }
}
