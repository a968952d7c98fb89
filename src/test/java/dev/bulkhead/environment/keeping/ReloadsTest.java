package dev.bulkhead.environment.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.environment.Blueprint.WorkloadSlice;
import dev.bulkhead.environment.keeping.Reloads.Shown;
import dev.bulkhead.environment.pillar.SecretWord;
import dev.bulkhead.secrets.rotation.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who reads files again isn't restarted, and counts as behind until the kubelets have had their time. */
class ReloadsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration AFTER = Duration.ofMinutes(3);
    private static final WorkloadSlice READER =
            ConsumersTest.workload("reader", "secrets: [{entry: leaf, path: /tls, onRotation: Reload}]");
    private static final WorkloadSlice BOTH = ConsumersTest.workload(
            "both",
            "secrets: [{entry: api, path: /api, onRotation: Reload}]\n"
                    + "  env: [{name: TOKEN, secretRef: {entry: api}}]");
    private static final WorkloadSlice TWICE = ConsumersTest.workload(
            "twice", "secrets: [{entry: leaf, path: /tls, onRotation: Reload}, {entry: leaf, path: /again}]");
    private static final List<WorkloadSlice> WORKLOADS = List.of(READER, BOTH);

    private final Entries entries = Entries.of(List.of(MaterialsTest.scope()));
    private final Shelves shelves = new Shelves()
            .with("api", Phase.Stable, 1, 0, 0)
            .with("ca", Phase.Stable, 1, 0, 0)
            .with("leaf", Phase.Published, 2, 1, 0, 1);

    @Test
    void anotherValueOfWhatIsReadAgainRestartsNobody() {
        var before = List.of(word(READER), word(BOTH), word(TWICE));

        shelves.with("leaf", Phase.Published, 3, 2, 0, 1);

        assertThat(word(READER)).isEmpty();
        assertThat(word(BOTH)).isEqualTo(before.get(1));
        assertThat(word(TWICE)).isNotEqualTo(before.get(2));
    }

    @Test
    void whatIsInTheEnvironmentRestartsAllTheSame() {
        var before = word(BOTH);

        shelves.with("api", Phase.Published, 2, 1, 0);

        assertThat(word(BOTH)).isNotEqualTo(before);
    }

    @Test
    void aReaderIsBehindUntilTheKubeletsHaveHadTheirTime() {
        var pointer = pointer("leaf");

        assertThat(at(Map.of()).usersBehind("leaf")).containsExactly("reader");
        assertThat(at(Map.of("leaf", new Shown(pointer - 1, NOW.minus(AFTER)))).usersBehind("leaf"))
                .as("the target shows the value before")
                .containsExactly("reader");
        assertThat(at(Map.of("leaf", new Shown(pointer, NOW.minus(AFTER).plusSeconds(1))))
                        .usersBehind("leaf"))
                .containsExactly("reader");
        assertThat(at(Map.of("leaf", new Shown(pointer, NOW.minus(AFTER)))).usersBehind("leaf"))
                .isEmpty();
    }

    @Test
    void whoReadsABundleAcceptsByItsCa() {
        shelves.with("ca", Phase.Staged, 1, 0, 2);

        assertThat(at(Map.of()).acceptorsBehind("ca")).containsExactly("reader");
        assertThat(at(Map.of("ca", new Shown(pointer("ca"), NOW.minus(AFTER)))).acceptorsBehind("ca"))
                .isEmpty();
    }

    @Test
    void whatIsAtRestIsNotWaitedForAfterARestartOfOurs() {
        shelves.with("leaf", Phase.Stable, 2, 0, 0, 1);

        assertThat(at(Map.of()).usersBehind("leaf")).isEmpty();
        assertThat(at(Map.of()).of("leaf")).containsExactly("reader");
    }

    @Test
    void theTimeIsToldAtWhichItCountsAsDone() {
        assertThat(at(Map.of()).evidence("leaf")).isEqualTo("its files are still to be written anew");
        assertThat(at(Map.of("leaf", new Shown(pointer("leaf"), NOW))).evidence("leaf"))
                .isEqualTo("its files are being written anew, which counts as done at 2026-11-22T12:03:00Z");
        assertThat(at(Map.of("leaf", new Shown(pointer("leaf"), NOW.minus(AFTER))))
                        .evidence("leaf"))
                .isEqualTo("its files were written anew, and its pods go on");
    }

    @Test
    void theTimeBeginsAnewWithEachChangeAndOnlyThen() {
        var first = Shown.after(Map.of(), Map.of("leaf", 3L), NOW);
        var second = Shown.after(first, Map.of("leaf", 3L), NOW.plusSeconds(9));
        var third = Shown.after(second, Map.of("leaf", 4L), NOW.plusSeconds(99));

        assertThat(second).isEqualTo(first);
        assertThat(third).containsEntry("leaf", new Shown(4, NOW.plusSeconds(99)));
    }

    private long pointer(String entry) {
        return shelves.shelf().journal().lines().get(entry).pointer();
    }

    private Reloads at(Map<String, Shown> shown) {
        return new Reloads(
                Usage.reloading(WORKLOADS, entries),
                entries,
                shelves.shelf().journal().lines(),
                shown,
                NOW);
    }

    private String word(WorkloadSlice workload) {
        return SecretWord.of(workload, new Materials(entries, shelves.shelf()).all(), Map.of());
    }
}
