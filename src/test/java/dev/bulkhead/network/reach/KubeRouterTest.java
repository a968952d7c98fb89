package dev.bulkhead.network.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.NetworkPolicyEngine;
import dev.bulkhead.api.v1alpha1.Protocol;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where kube-router does something else than Kubernetes defines, as {@code PacketsIT} saw it on real packets. */
class KubeRouterTest {

    private static final String[] PODS =
            Stream.of("a", "b", "c").map(KubeRouterTest::pod).toArray(String[]::new);

    @Test
    void aPortNameThatNobodyHasOpensEveryPortBetweenPods() {
        var policy = """
                {podSelector: {matchLabels: {app: b}}, policyTypes: [Ingress],
                 ingress: [{from: [{podSelector: {matchLabels: {app: a}}}], ports: [{port: nobodys}]}]}""";

        assertThat(into("b", NetworkPolicyEngine.Unknown, policy)).isEmpty();
        assertThat(into("b", NetworkPolicyEngine.KubeRouter, policy)).containsExactly("a 7070", "a 8080");
    }

    @Test
    void aPortNameOpensWhatItMeansAndNoMoreWhereSomebodyHasIt() {
        var policy = """
                {podSelector: {}, policyTypes: [Ingress],
                 ingress: [{from: [{podSelector: {matchLabels: {app: a}}}], ports: [{port: http}]}]}""";

        assertThat(into("b", NetworkPolicyEngine.Unknown, policy)).containsExactly("a 8080");
        assertThat(into("b", NetworkPolicyEngine.KubeRouter, policy)).containsExactly("a 8080");
    }

    @Test
    void aPortNameTowardsAddressesOpensNothing() {
        var policy = """
                {podSelector: {matchLabels: {app: a}}, policyTypes: [Egress],
                 egress: [{to: [{ipBlock: {cidr: 10.42.0.0/24}}], ports: [{port: http}]}]}""";

        assertThat(into("b", NetworkPolicyEngine.Unknown, policy)).contains("a 8080");
        assertThat(into("b", NetworkPolicyEngine.KubeRouter, policy)).containsExactly("c 7070", "c 8080");
    }

    @Test
    void aPortNameTowardsAnybodyMeansItsNumberOfThePolicysNamespace() {
        var policy = """
                {podSelector: {matchLabels: {app: a}}, policyTypes: [Egress], egress: [{ports: [{port: http}]}]}""";
        var elsewhere = """
                apiVersion: v1
                kind: Pod
                metadata: {namespace: other, name: d, labels: {app: d}}
                spec: {containers: [{name: app, ports: [{name: web, containerPort: 8080}, {name: http, containerPort: 80}]}]}
                status: {phase: Running, podIPs: [{ip: 10.42.0.20}]}
                """;

        assertThat(into("other/d", NetworkPolicyEngine.Unknown, policy, elsewhere))
                .contains("a 80")
                .doesNotContain("a 8080");
        assertThat(into("other/d", NetworkPolicyEngine.KubeRouter, policy, elsewhere))
                .contains("a 8080")
                .doesNotContain("a 80");
    }

    @Test
    void theRulesOfAPolicyWithBothTypesCountAtBothEndsAmongItsPods() {
        var out = """
                {podSelector: {}, policyTypes: [Ingress, Egress], egress: [{to: [{podSelector: {matchLabels: {app: b}}}]}]}""";
        var in = """
                {podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{from: [{podSelector: {matchLabels: {app: a}}}]}]}""";

        assertThat(into("b", NetworkPolicyEngine.Unknown, out)).isEmpty();
        assertThat(into("b", NetworkPolicyEngine.KubeRouter, out)).contains("a 7070", "c 8080");
        assertThat(into("c", NetworkPolicyEngine.KubeRouter, out)).isEmpty();
        assertThat(into("b", NetworkPolicyEngine.Unknown, in)).isEmpty();
        assertThat(into("b", NetworkPolicyEngine.KubeRouter, in)).containsExactly("a 7070", "a 8080");
    }

    @Test
    void anExceptionCutsAHoleIntoTheOtherBlocksOfItsRule() {
        var policy = """
                {podSelector: {matchLabels: {app: b}}, policyTypes: [Ingress], ingress: [{from: [
                  {ipBlock: {cidr: 10.42.0.0/24, except: [10.42.0.10/32]}}, {ipBlock: {cidr: 10.42.0.0/28}}]}]}""";

        assertThat(into("b", NetworkPolicyEngine.Unknown, policy)).contains("a 8080", "c 8080");
        assertThat(into("b", NetworkPolicyEngine.KubeRouter, policy))
                .contains("c 8080")
                .doesNotContain("a 8080");
    }

    @Test
    void theNarrowestBlockDecidesAndItMayBeOneThatIsLetIn() {
        var policy = """
                {podSelector: {matchLabels: {app: b}}, policyTypes: [Ingress], ingress: [{from: [
                  {ipBlock: {cidr: 10.42.0.0/24, except: [10.42.0.8/29]}}, {ipBlock: {cidr: 10.42.0.10/32}}]}]}""";

        assertThat(into("b", NetworkPolicyEngine.KubeRouter, policy)).containsExactly("a 7070", "a 8080");
    }

    /** Who gets into a pod on one of two ports, of those of its namespace. */
    private static Set<String> into(String callee, NetworkPolicyEngine engine, String policy, String... more) {
        var objects = Objects.yaml(Stream.of(PODS, new String[] {foreign(policy)}, more)
                .flatMap(Arrays::stream)
                .toArray(String[]::new));
        var world = World.of(objects, Facts.USUAL.with(Facts.Transport.NONE).with(engine));
        var reach = Reach.of(world);
        var parties = world.matrix();
        var to = parties.party(callee.contains("/") ? callee : "shop/" + callee).orElseThrow();
        var through = new TreeSet<String>();
        for (var from : world.endpoints()) {
            for (var port : new int[] {80, 7070, 8080}) {
                if (from != to
                        && (port != 80 || callee.contains("/"))
                        && reach.verdict(from, to, Protocol.TCP, port).allowed()) {
                    through.add(from.name() + " " + port);
                }
            }
        }
        return through;
    }

    private static String pod(String name) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {namespace: shop, name: %1$s, labels: {app: %1$s}}
                spec: {containers: [{name: app, ports: [{name: http, containerPort: 8080}]}]}
                status: {phase: Running, podIPs: [{ip: 10.42.0.%2$d}]}
                """.formatted(name, 10 + name.charAt(0) - 'a');
    }

    private static String foreign(String spec) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {namespace: shop, name: foreign}
                spec: %s
                """.formatted(spec);
    }
}
