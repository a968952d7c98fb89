package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.Ownership;
import dev.bulkhead.apply.Plan;
import java.util.ArrayList;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Equal environments, equal fingerprints: on any hub, whoever owns them. */
class FingerprintTest {

    private static final String WORLD = Texts.DB_SECRET + """
            kind: Environment
            metadata: {name: staging, namespace: shop}
            spec: {namespaces: [{name: web}]}
            ---
            kind: Workload
            metadata: {name: api, namespace: shop}
            spec:
              environmentRef: {name: staging}
              targetNamespace: web
              image: registry.example.com/shop/api:1
              env: [{name: PASSWORD, secretRef: {entry: db}}]
            """;

    private final Fingerprint fingerprint = new Fingerprint();

    @Test
    void anotherHubAndAnotherUidAreNoOtherEnvironment() {
        var there = World.of(WORLD).blueprint();
        var restored = new Blueprint(
                new Ownership("hub-2", there.environment(), "another uid"),
                there.spec(),
                there.className(),
                there.environmentClass(),
                there.capabilities(),
                there.workloads(),
                there.networks(),
                there.secrets(),
                there.heldBack(),
                there.hooks(),
                there.brought(),
                there.delivered(),
                there.adoptions());

        assertThat(of(new EnvironmentPlanner().plan(restored)))
                .isEqualTo(of(World.of(WORLD).plan()));
    }

    @Test
    void aSecretValueIsNoPartOfItNorIsItsKeyedHash() {
        assertThat(of(WORLD.replace("password: old", "password: new"))).isEqualTo(of(WORLD));
    }

    @Test
    void whatRunsIsAPartOfIt() {
        assertThat(of(WORLD.replace("api:1", "api:2"))).isNotEqualTo(of(WORLD));
        assertThat(of(WORLD.replace("namespaces: [{name: web}]", "namespaces: [{name: web}, {name: data}]")))
                .isNotEqualTo(of(WORLD));
    }

    @Test
    void theOrderOfAPlanIsNot() {
        var plan = World.of(WORLD).plan();
        var other = new ArrayList<>(plan.entries());
        Collections.reverse(other);

        assertThat(of(new Plan(plan.environment(), other))).isEqualTo(of(plan));
    }

    private String of(String world) {
        return of(World.of(world).plan());
    }

    private String of(Plan plan) {
        return fingerprint.of(plan);
    }
}
