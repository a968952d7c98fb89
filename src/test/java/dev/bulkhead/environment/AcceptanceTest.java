package dev.bulkhead.environment;

import static dev.bulkhead.environment.Texts.workload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.Origin;
import dev.bulkhead.status.Reason;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may be in the plan, and what the others are told. The golden folders show the messages. */
class AcceptanceTest {

    private static final World STAGING = World.of("""
            kind: Environment
            metadata: {name: staging, namespace: shop}
            spec:
              namespaces: [{name: web}]
            """);

    @Test
    void whatAClassAllowsIsAccepted() {
        var world = STAGING.and(workload("api", "ports: [{name: http, port: 80}]"))
                .and(workload("frontend", "calls: [{workload: api, port: http}]"));

        assertThat(world.acceptance().problems()).isEmpty();
        assertThat(verdict(world, "frontend")).isInstanceOf(Verdict.Accepted.class);
        assertThat(verdict(world, "api")).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void onlyANamespaceThatTheClassListsIsAdopted() {
        var world = World.of("""
                kind: Environment
                metadata: {name: staging, namespace: shop}
                spec:
                  namespaces: [{name: web, existingName: legacy-web}, {name: data, existingName: others-data}]
                ---
                kind: EnvironmentClass
                metadata: {name: legacy}
                spec: {hubNamespaces: {}, clusters: [local], defaultCluster: local, adoptableNamespaces: [legacy-web]}
                """);

        assertThat(world.acceptance().problems())
                .containsExactly(new Verdict.Refused(
                        Reason.NamespaceNotAdoptable,
                        "spec.namespaces[1].existingName: EnvironmentClass legacy doesn't list others-data in "
                                + "adoptableNamespaces. Ask the platform team to list it, or choose from: legacy-web"));
    }

    @Test
    void aNamespaceInWhichEnvironmentsAreDeclaredIsNeverAdopted() {
        var world = World.of("""
                kind: Environment
                metadata: {name: staging, namespace: shop}
                spec: {namespaces: [{name: web, existingName: shop}]}
                ---
                kind: EnvironmentClass
                metadata: {name: legacy}
                spec: {hubNamespaces: {}, clusters: [local], defaultCluster: local, adoptableNamespaces: [shop]}
                """);

        assertThat(world.acceptance().problems())
                .extracting(Verdict.Refused::reason)
                .containsExactly(Reason.NamespaceNotAdoptable);
    }

    @Test
    void whatIsMissingIsWaitedForAndHealsWhenItComes() {
        var world = STAGING.and(workload("frontend", "calls: [{workload: api, port: http}]"));

        assertThat(reason(world, "frontend")).isEqualTo(Reason.WaitingForWorkload);

        var withoutPort = world.and(workload("api", ""));
        assertThat(reason(withoutPort, "frontend")).isEqualTo(Reason.WaitingForPort);

        var complete = world.and(workload("api", "ports: [{name: http, port: 80}]"));
        assertThat(verdict(complete, "frontend")).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void aBadWorkloadStallsItselfOnly() {
        var world = STAGING.and(workload("frontend", "calls: [{workload: default, port: http}]"))
                .and(workload("default", "ports: [{name: http, port: 80}]"));

        assertThat(reason(world, "default")).isEqualTo(Reason.NameReserved);
        assertThat(verdict(world, "frontend")).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void whatCanNotBeHadIsSaidBeforeWhatIsMissing() {
        var world = STAGING.and(workload("api", """
                calls: [{workload: nobody, port: http}]
                probes: {liveness: {grpc: {port: grpc}}}
                """));

        assertThat(verdict(world, "api"))
                .isEqualTo(new Verdict.Refused(
                        Reason.PortUnknown,
                        "spec.probes.liveness: there is no port grpc. Add it to spec.ports, or use one of: none"));
    }

    @Test
    void aWorkloadThatIsBeingDeletedIsNotThereAnyMore() {
        var world = STAGING.and(workload("frontend", "calls: [{workload: api, port: http}]"))
                .and(workload("api", "ports: [{name: http, port: 80}]")
                        .replace("namespace: shop", "namespace: shop, deletionTimestamp: '2026-01-01T00:00:00Z'"));

        assertThat(reason(world, "frontend")).isEqualTo(Reason.WaitingForWorkload);
    }

    @Test
    void aNameIsFreeAgainWhenTheOlderOneGoes() {
        var older = workload("older", "")
                .replace("namespace: shop", "namespace: shop, creationTimestamp: '2026-01-01T00:00:00Z'")
                .replace("name: older\n", "name: api\n");
        var newer = workload("newer", "")
                .replace("namespace: shop", "namespace: shop, creationTimestamp: '2026-02-01T00:00:00Z'")
                .replace("name: newer\n", "name: api\n");

        assertThat(reason(STAGING.and(newer).and(older), "newer")).isEqualTo(Reason.NameTaken);
        assertThat(verdict(STAGING.and(newer).and(older), "older")).isInstanceOf(Verdict.Accepted.class);

        var leaving = older.replace("namespace: shop", "namespace: shop, deletionTimestamp: '2026-03-01T00:00:00Z'");
        assertThat(verdict(STAGING.and(newer).and(leaving), "newer")).isInstanceOf(Verdict.Accepted.class);
    }

    /** The place in which it is kept how far each of them is has an end. */
    @Test
    void anEnvironmentHasOnlySoManyEntriesAndTheOlderOnesStay() {
        var scopes = IntStream.rangeClosed(1, 5).mapToObj(AcceptanceTest::fullScope);
        var world = scopes.reduce(STAGING, World::and, (one, _) -> one);
        var verdicts = world.acceptance().verdicts();

        assertThat(IntStream.rangeClosed(1, 4)).allSatisfy(it -> assertThat(verdicts.get(Origin.secretScope("s" + it)))
                .isInstanceOf(Verdict.Accepted.class));
        assertThat(verdicts.get(Origin.secretScope("s5"))).isInstanceOfSatisfying(Verdict.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.TooManySecrets);
            assertThat(refused.message())
                    .startsWith("spec.entries: environment staging has 800 entries already")
                    .contains("has at most 800");
        });
    }

    private static String fullScope(int number) {
        return """
                kind: SecretScope
                metadata: {name: s%d, namespace: shop, creationTimestamp: '2026-01-0%dT00:00:00Z'}
                spec: {environmentRef: {name: staging}, entries: [%s]}
                """.formatted(
                        number,
                        number,
                        IntStream.range(0, 200)
                                .mapToObj(it -> "{name: e%d-%d, type: Token}".formatted(number, it))
                                .collect(Collectors.joining(", ")));
    }

    @Test
    void aPortOfAWorkloadIsMeantByNameAndThatOfAHostByNumber() {
        var byNumber = STAGING.and(workload("api", "ports: [{name: http, port: 80}]"))
                .and(workload("frontend", "calls: [{workload: api, port: 80}]"));
        assertThat(reason(byNumber, "frontend")).isEqualTo(Reason.WaitingForPort);

        var byName = STAGING.and(workload("frontend", "calls: [{host: example.com, port: https}]"));
        assertThat(reason(byName, "frontend")).isEqualTo(Reason.PortUnknown);
    }

    @Test
    void aNameThatIsNoNameOfAServiceNeedsAnother() {
        var world = STAGING.and(workload("x", "").replace("  name: x\n", "").replace("name: x,", "name: shop.api,"));

        assertThat(reason(world, "shop.api")).isEqualTo(Reason.NameInvalid);
    }

    @Test
    void nothingOutsideIsReachedWithoutTheClass() {
        assertThat(reason(STAGING.and(workload("api", "calls: [{host: example.com, port: 443}]")), "api"))
                .isEqualTo(Reason.EgressNotAllowed);
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example.com/shop,  registry.example.com/shop/api:1,         true",
        "registry.example.com,       registry.example.com/shop/api:1,         true",
        "registry.example.com:5000,  registry.example.com:5000/api,           true",
        "registry.example.com,       registry.example.com:5000/api,           false",
        "registry.example.com/shop,  registry.example.com/shopping/api:1,     false",
        "registry.example.com,       registry.example.com.evil.example/api:1, false",
        "registry.example.com,       api:1,                                   false",
    })
    void anImageComesFromARegistryOfTheClassAndNotFromOneThatLooksLikeIt(
            String registry, String image, boolean allowed) {
        var world = STAGING.and("""
                        kind: EnvironmentClass
                        metadata: {name: standard}
                        spec: {hubNamespaces: {}, clusters: [local], defaultCluster: local, registries: ["%s"]}
                        """.formatted(registry))
                .and(workload("api", "").replaceAll("image: .*", "image: " + image));

        assertThat(verdict(world, "api") instanceof Verdict.Accepted).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "cpu,             8,     false",
        "cpu,             8001m, true",
        "requests.cpu,    8000m, false",
        "requests.memory, 976Mi, false",
        "memory,          977Mi, true",
        "pods,            1k,    false",
        "services,        9999,  false",
    })
    void aQuotaIsHeldAgainstTheCeilingByWhatItMeans(String resource, String quantity, boolean above) {
        var world = World.of("""
                kind: Environment
                metadata: {name: staging, namespace: shop}
                spec:
                  namespaces: [{name: web, quota: {%s: "%s"}}]
                ---
                kind: EnvironmentClass
                metadata: {name: standard}
                spec:
                  hubNamespaces: {}
                  clusters: [local]
                  defaultCluster: local
                  ceilings: {requests.cpu: "8", requests.memory: 1024M, pods: "1000"}
                """.formatted(resource, quantity));

        assertThat(world.acceptance().problems())
                .extracting(Verdict.Refused::reason)
                .containsExactlyElementsOf(above ? List.of(Reason.QuotaAboveCeiling) : List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                             | true",
                "{matchLabels: {team: shop}}                                    | true",
                "{matchLabels: {team: other}}                                   | false",
                "{matchExpressions: [{key: team, operator: In, values: [shop]}]}    | true",
                "{matchExpressions: [{key: team, operator: NotIn, values: [shop]}]} | false",
                "{matchExpressions: [{key: size, operator: NotIn, values: [big]}]}  | true",
                "{matchExpressions: [{key: team, operator: Exists}]}            | true",
                "{matchExpressions: [{key: team, operator: DoesNotExist}]}      | false",
                "{matchExpressions: [{key: team, operator: Likes}]}             | false",
                "null                                                           | false",
            })
    void aClassSaysWhichNamespacesMayUseIt(String selector, boolean allowed) {
        var world = STAGING.and("""
                kind: Namespace
                metadata: {name: shop, labels: {team: shop}}
                ---
                kind: EnvironmentClass
                metadata: {name: standard}
                spec: {hubNamespaces: %s, clusters: [local], defaultCluster: local}
                """.formatted(selector));

        assertThat(world.acceptance().problems())
                .extracting(Verdict.Refused::reason)
                .containsExactlyElementsOf(allowed ? List.of() : List.of(Reason.HubNamespaceNotAllowed));
    }

    private static Verdict verdict(World world, String workload) {
        return world.acceptance().verdicts().get(Origin.workload(workload));
    }

    private static Reason reason(World world, String workload) {
        return reason(verdict(world, workload));
    }

    static Reason reason(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted _ -> Reason.Ready;
            case Verdict.Holding it -> reason(it.why());
            case Verdict.Waiting it -> it.reason();
            case Verdict.Refused it -> it.reason();
        };
    }
}
