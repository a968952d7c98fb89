package dev.bulkhead.network.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.InboundPolicy;
import org.junit.jupiter.api.Test;

/** Pods and templates, collapsed to workloads. */
class EndpointsTest {

    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata:
              namespace: shop
              name: web-5d4f-%1$s
              labels: {app: web, pod-template-hash: 5d4f}
              ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-5d4f, uid: "1", controller: true}]
            spec: {serviceAccountName: web, containers: [{name: web}%2$s]}
            status: {phase: %3$s, podIPs: [{ip: 10.42.0.%1$s}]}
            """;

    @Test
    void aTemplateSaysWhatWillBe() {
        var web = Shop.usual().endpoints().getLast();

        assertThat(web.id()).isEqualTo("shop/web");
        assertThat(web.meshed()).isTrue();
        assertThat(web.labels()).containsEntry("linkerd.io/control-plane-ns", "linkerd");
        assertThat(web.proxy().inbound()).isEqualTo(InboundPolicy.DENY);
    }

    @Test
    void podsSayWhatIsAndTheOneWithoutAProxyIsToldApart() {
        var world = Shop.usual(
                POD.formatted(1, ", {name: linkerd-proxy}", "Running"),
                POD.formatted(2, ", {name: linkerd-proxy}", "Running"),
                POD.formatted(3, "", "Running"));

        assertThat(world.endpoints()).extracting(Endpoint::id).containsExactly("shop/api", "shop/web", "shop/web~2");
        assertThat(world.endpoints()).extracting(Endpoint::meshed).containsExactly(true, true, false);
        assertThat(world.endpoints().get(1).addresses()).hasSize(2);
    }

    @Test
    void podsThatEndedAreNobody() {
        assertThat(Shop.usual(POD.formatted(1, "", "Succeeded")).endpoints())
                .extracting(Endpoint::meshed)
                .containsExactly(true, true);
    }

    @Test
    void whereThereIsNoMeshNobodyHasAProxy() {
        var world = World.of(
                Objects.yaml(Shop.workload("web", "{linkerd.io/inject: enabled}", Shop.container("web"))),
                Facts.USUAL.with(Facts.Transport.NONE));

        assertThat(world.endpoints()).noneMatch(Endpoint::meshed);
    }
}
