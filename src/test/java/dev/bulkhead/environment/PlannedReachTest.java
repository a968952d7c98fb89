package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.InboundPolicy;
import dev.bulkhead.environment.Blueprint.TargetNamespace;
import dev.bulkhead.environment.pillar.Prospect;
import dev.bulkhead.network.reach.Edge;
import dev.bulkhead.network.reach.Facts.Transport;
import dev.bulkhead.network.reach.Layer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is planned lets through what was wanted and nothing else, in every golden folder and whatever the mesh does. */
class PlannedReachTest {

    @TestFactory
    Stream<DynamicTest> thePlanLetsThroughWhatIsWantedAndNothingElse() {
        return GoldenPlansTest.folders().stream()
                .filter(folder ->
                        World.in(folder.folder()).acceptance().problems().isEmpty())
                .flatMap(folder -> Stream.of(Transport.HEADER, Transport.TRANSPARENT)
                        .map(transport -> DynamicTest.dynamicTest(
                                folder + ", " + transport, () -> check(World.in(folder.folder()), transport))));
    }

    /** Packets of whoever may call one port arrive at all of them, so that the path is open to more than the kubelet. */
    @Test
    void whereAProbeIsLedToIsOpenBecauseItIsProbed() {
        var world = World.in(Path.of("src/test/resources/plans/probes-that-a-mesh-does-not-expect"))
                .and("""
                kind: Workload
                metadata: {name: pages, namespace: shop}
                spec:
                  environmentRef: {name: staging}
                  targetNamespace: web
                  image: registry.example.com/shop/pages:1
                  ports: [{name: http, port: 80, targetPort: 8080}, {name: admin, port: 9090}]
                  probes: {readiness: {httpGet: {path: /, port: http, redirectsTo: [/en/]}}}
                ---
                kind: Workload
                metadata: {name: editor, namespace: shop}
                spec:
                  environmentRef: {name: staging}
                  targetNamespace: web
                  image: registry.example.com/shop/editor:1
                  calls: [{workload: pages, port: admin}]
                """);
        var blueprint = world.blueprint();
        var prospect = new Prospect(blueprint, world.plan());

        var matrix = Prospect.world(List.of(prospect), blueprint.capabilities()).matrix();
        var compared = matrix.about(matrix.in(List.of("shop-staging-web"))).against(prospect.intents());

        assertThat(compared.extra()).isEmpty();
        assertThat(compared.probes())
                .extracting(Edge::toString)
                .contains("shop-staging-web/editor -> shop-staging-web/pages: http (8080) GET /; GET /en/");
    }

    private static void check(World world, Transport transport) {
        var blueprint = world.blueprint();
        var prospect = new Prospect(blueprint, new EnvironmentPlanner().plan(blueprint));

        var matrix = Prospect.world(List.of(prospect), blueprint.capabilities())
                .with(transport)
                .matrix();
        var own = matrix.in(
                blueprint.namespaces().stream().map(TargetNamespace::name).toList());
        var compared = matrix.about(own).against(prospect.intents());

        assertThat(compared.missing()).as("missing").isEmpty();
        if (!blueprint.isOpen()) {
            assertThat(compared.extra())
                    .as("extra")
                    .allMatch(edge -> blueprint.meshed() && (isUndenied(edge, blueprint) || isShared(edge)));
        }
        assertThat(compared.unproved()).as("without mutual TLS").isEmpty();
    }

    /** What the mesh doesn't deny by default is open on every port that no container declares. */
    private static boolean isUndenied(Edge edge, Blueprint blueprint) {
        return edge.port().isEmpty() && blueprint.mesh().inboundPolicy() != InboundPolicy.DENY;
    }

    /**
     * What is open at the mesh to those who have no proxy is open to all whose packets arrive; and where proxies share one
     * port, those of everybody do who may call another port there.
     */
    private static boolean isShared(Edge edge) {
        return edge.enforcedBy().equals(Set.of(Layer.L4)) && edge.mutualTls();
    }
}
