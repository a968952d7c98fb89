package dev.bulkhead.it.packets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.it.packets.Edits.Kind;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.NodeKind;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the matrix says of who reaches whom is what packets find, before and after whatever anybody changes. */
@BulkheadTest(needs = NodeKind.REAL)
class PacketsIT {

    private final TestCluster cluster;

    /** @param operator nothing is asked of it, but it has to run */
    PacketsIT(TestCluster cluster, OperatorUnderTest operator) {
        this.cluster = cluster;
        operator.start();
    }

    /** Three edits of twenty: the rest is for {@code make faults}. */
    @Test
    void theMatrixSaysWhatPacketsFind(TestNamespace hub) {
        compare(hub, edits -> Stream.of(Kind.CALL, Kind.OPEN_ALL, Kind.FOREIGN_BLOCK)
                .map(edits::next));
    }

    @Test
    @Tag("faults")
    void andSoItDoesAfterTwentyEdits(TestNamespace hub) {
        compare(hub, edits -> edits.kinds(20).stream().map(edits::next));
    }

    @Test
    @Tag("faults")
    void andSoItDoesWhateverStrangersWrite(TestNamespace hub) {
        compare(hub, edits -> edits.hostile().stream());
    }

    private void compare(TestNamespace hub, Function<Edits, Stream<Edit>> what) {
        var seed = Long.getLong("packets.seed", System.nanoTime() & 0xffff);
        System.out.printf("packets.seed=%d%n", seed);
        try (var shop = new Shop(cluster, hub)) {
            var edits = new Edits(cluster, shop, new Random(seed));
            var fence = new Fence(cluster, hub + "-fence");
            shop.open(edits.calls(10));
            shop.awaitReady();
            var ground = Ground.of(cluster.client(), shop.namespaces());
            var comparison = new Comparison(cluster.client(), ground, fence);
            var rounds = new ArrayList<>(List.of(comparison.atFirst()));
            what.apply(edits).forEach(edit -> rounds.add(comparison.after(edit)));
            rounds.forEach(System.out::println);
            System.out.println(Comparison.inWords(rounds));
            assertThat(rounds).allSatisfy(round -> assertThat(round.mismatches())
                    .as("packets.seed=%d, after %s", seed, round.edit())
                    .isEmpty());
        }
    }
}
