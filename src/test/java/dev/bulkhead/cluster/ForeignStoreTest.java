package dev.bulkhead.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Ref;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What isn't ours is kept where it matters, and its environment looks again when it says something else. */
class ForeignStoreTest {

    private static final EnvironmentId STAGING = new EnvironmentId("shop", "staging");

    private final Set<String> ours = new HashSet<>(Set.of("web"));
    private final List<EnvironmentId> told = new ArrayList<>();
    private final Map<Ref, GenericKubernetesResource> cluster = new HashMap<>();
    private final List<Ref> read = new ArrayList<>();

    private final ForeignStore policies = store(Kind.NETWORK_POLICY);
    private final ForeignStore routes = store(Kind.HTTP_ROUTE);

    @Test
    void aPolicyInANamespaceOfOursIsKeptWithItsSpecAndItsEnvironmentLooksAgain() {
        put(policies, policy("web", "theirs", 1, "Ingress"));

        assertThat(told).containsExactly(STAGING);
        assertThat(policies.objects("web")).singleElement().satisfies(it -> {
            assertThat(((NetworkPolicy) it).getSpec().getPolicyTypes()).containsExactly("Ingress");
            assertThat(it.getMetadata().getManagedFields()).isEmpty();
        });
        assertThat(policies.objects("we")).isEmpty();
        assertThat(read).isEmpty();
    }

    @Test
    void onlyWhatSaysSomethingElseIsNews() {
        put(policies, policy("web", "theirs", 1, "Ingress"));
        put(policies, policy("web", "theirs", 2, "Ingress"));
        assertThat(told).hasSize(1);

        put(policies, policy("web", "theirs", 3, "Egress"));
        assertThat(told).hasSize(2);

        policies.remove("web/theirs");
        assertThat(told).hasSize(3);
        assertThat(policies.objects("web")).isEmpty();
    }

    @Test
    void elsewhereOnlyTheNameIsKeptAndTheRestIsReadOnceWhenItsNamespaceBecomesOurs() {
        var theirs = policy("legacy", "theirs", 1, "Ingress");
        cluster.put(new Ref(Kind.NETWORK_POLICY, "legacy", "theirs"), theirs);
        put(policies, theirs);
        assertThat(told).isEmpty();
        assertThat(policies.get("legacy/theirs").getAdditionalProperties()).isEmpty();

        ours.add("legacy");
        assertThat(policies.objects("legacy")).hasSize(1);
        assertThat(policies.objects("legacy")).hasSize(1);
        assertThat(read).hasSize(1);
    }

    @Test
    void whatIsGoneWhenItIsReadIsLeftOut() {
        put(policies, policy("legacy", "theirs", 1, "Ingress"));
        ours.add("legacy");

        assertThat(policies.objects("legacy")).isEmpty();
    }

    @Test
    void ofRoutesOnlyThoseToAServerCount() {
        put(routes, route("canary", "{group: core, kind: Service, name: api}"));
        assertThat(told).isEmpty();
        assertThat(routes.keySet()).isEmpty();

        put(routes, route("sorting", "{group: policy.linkerd.io, kind: Server, name: api}"));
        assertThat(told).hasSize(1);
        assertThat(routes.objects("web")).hasSize(1);
    }

    private ForeignStore store(Kind kind) {
        return new ForeignStore(
                kind,
                new KubernetesSerialization(),
                namespace -> ours.contains(namespace) ? Optional.of(STAGING) : Optional.empty(),
                ref -> {
                    read.add(ref);
                    return Optional.ofNullable(cluster.get(ref));
                },
                told::add);
    }

    private static void put(ForeignStore store, GenericKubernetesResource object) {
        store.put(store.getKey(object), object);
    }

    private static GenericKubernetesResource policy(String namespace, String name, int version, String type) {
        return Serialization.unmarshal("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata:
                  {namespace: %s, name: %s, uid: u1, resourceVersion: "%d", managedFields: [{manager: them}]}
                spec: {podSelector: {}, policyTypes: [%s]}
                """.formatted(namespace, name, version, type), GenericKubernetesResource.class);
    }

    private static GenericKubernetesResource route(String name, String parent) {
        return Serialization.unmarshal("""
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {namespace: web, name: %s, uid: u1, resourceVersion: "1"}
                spec: {parentRefs: [%s]}
                """.formatted(name, parent), GenericKubernetesResource.class);
    }
}
