package dev.bulkhead.network.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.LinkerdCapability;
import dev.bulkhead.it.mesh.Mesh;
import dev.bulkhead.kube.Another;
import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OtherDefinitions;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.network.reach.Facts.Transport;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a cluster tells of the Linkerd in it is what the matrix goes by. The pods of this one never run. */
@BulkheadTest
class InstalledMeshIT {

    private static final int WORLDS = 100;

    @Test
    void theMatrixGoesByTheMeshThatTheClusterShows(@Another("linkerd") TestCluster cluster) {
        OtherDefinitions.installLinkerd(cluster);
        var mesh = new Mesh(cluster.client());

        assertThat(mesh.capabilities().offers().linkerd())
                .isEqualTo(new LinkerdCapability("version-2.20", "transport-header"));
        assertThat(mesh.facts().with(Facts.USUAL.engine())).isEqualTo(Facts.USUAL);
        assertThat(mesh.facts().transport()).isEqualTo(Transport.HEADER);
        worlds(new Random(6))
                .forEach(world -> Agreement.check(world.with(mesh.facts().transport()), 5));

        assertThat(mesh.missing())
                .hasValue("this cluster has the kinds of Linkerd, but no pod of linkerd/linkerd-destination is ready");
    }

    private static Stream<World> worlds(Random random) {
        return Stream.generate(
                        () -> new RandomWorld(seeds(random, 4), seeds(random, 5), seeds(random, 9), random.nextLong()))
                .limit(WORLDS)
                .map(RandomWorld::world);
    }

    private static List<Long> seeds(Random random, int most) {
        return random.longs(1 + random.nextInt(most)).boxed().toList();
    }
}
