package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.environment.keeping.Shelves;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.status.Reason;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An entry that leaves its SecretScope while pods are being told to use another value of it. */
class TakenAwayTest {

    private static final String SCOPE = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: SecretScope
            metadata: {name: %s, namespace: shop}
            spec: {environmentRef: {name: staging}, entries: [%s]}
            """;
    private static final String DB = "{name: db, type: Password}";
    private static final String API = "{name: api, type: Token}";

    private static final String WORKLOAD = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: Workload
            metadata: {name: client, namespace: shop}
            spec:
              environmentRef: {name: staging}
              targetNamespace: web
              image: registry.example.com/shop/client:1
              env: [{name: SECRET, secretRef: {entry: %s, key: value}}]
            """;

    private final World world = World.of("""
            apiVersion: bulkhead.dev/v1alpha1
            kind: Environment
            metadata: {name: staging, namespace: shop}
            spec: {namespaces: [{name: web}]}
            ---
            """ + SCOPE.formatted("secrets", API));
    private final Optional<SecretScope> before =
            World.of(SCOPE.formatted("secrets", API + ", " + DB)).manifests().stream()
                    .map(it -> it.as(SecretScope.class))
                    .findFirst();

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"Stable", "Lost"})
    void inTheMidstOfItsRotationItStays(Phase phase) {
        assertThat(verdict(world, phase, 2)).isInstanceOfSatisfying(Verdict.Waiting.class, waiting -> {
            assertThat(waiting.reason()).isEqualTo(Reason.WaitingForRotation);
            assertThat(waiting.message()).contains("db is being rotated (%s)".formatted(phase));
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"Stable", "Lost"})
    void atRestItGoes(Phase phase) {
        assertThat(verdict(world, phase, 2)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void beforeItsFirstValueItGoes() {
        assertThat(verdict(world, Phase.Staged, 0)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void whileAWorkloadNamesItItStays() {
        var used = world.and("---\n" + WORKLOAD.formatted("db"));

        assertThat(verdict(used, Phase.Stable, 2)).isInstanceOfSatisfying(Verdict.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.SecretInUse);
            assertThat(refused.message()).contains("db is used by workload client");
        });
        assertThat(verdict(world.and("---\n" + WORKLOAD.formatted("api")), Phase.Stable, 2))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void whileAnotherEntryIsMadeOfItItStays() {
        var template = "{name: url, type: Token, template: {url: \"x://{{ secret 'db' 'value' }}\"}}";
        var made = world.and("---\n" + SCOPE.formatted("others", template));

        assertThat(verdict(made, Phase.Stable, 2)).isInstanceOfSatisfying(Verdict.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.SecretInUse);
            assertThat(refused.message()).contains("db is used by entry url");
        });
    }

    @Test
    void itMayMoveToAnotherScope() {
        var moved = world.and("---\n" + SCOPE.formatted("others", DB));

        assertThat(verdict(moved, Phase.Draining, 2)).isInstanceOf(Verdict.Accepted.class);
    }

    private Verdict verdict(World world, Phase phase, int current) {
        var shelf = new Shelves()
                .with("api", Phase.Stable, 1, 0, 0)
                .with("db", phase, current, 0, 3)
                .shelf();
        return Acceptance.of(
                        world.gathered().with(shelf),
                        world.blueprint().capabilities(),
                        Set.of(),
                        scope -> scope.getMetadata().getName().equals("secrets") ? before : Optional.empty())
                .verdicts()
                .get(Origin.secretScope("secrets"));
    }
}
