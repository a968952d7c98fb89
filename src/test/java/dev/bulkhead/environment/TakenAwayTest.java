package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.apply.Origin;
import dev.bulkhead.environment.keeping.Shelves;
import dev.bulkhead.secrets.rotation.Phase;
import dev.bulkhead.status.Reason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Set;
import java.util.stream.Stream;
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
    private final SecretScope before = World.of(SCOPE.formatted("secrets", API + ", " + DB))
            .manifests()
            .getFirst()
            .as(SecretScope.class);

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"Stable", "Lost"})
    void inTheMidstOfItsRotationItStays(Phase phase) {
        held(Reason.WaitingForRotation, "db is being rotated (%s)".formatted(phase), verdict(world, phase, 2));
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

        held(Reason.SecretInUse, "db is used by workload client", verdict(used, Phase.Stable, 2, workload("db")));
        assertThat(verdict(world.and("---\n" + WORKLOAD.formatted("api")), Phase.Stable, 2, workload("api")))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void whoBeginsToNameItTooLateDoesNotHoldIt() {
        assertThat(verdict(world.and("---\n" + WORKLOAD.formatted("db")), Phase.Stable, 2))
                .isInstanceOf(Verdict.Accepted.class);
    }

    /** As when both are renamed, and the value under the new name isn't made yet. */
    @Test
    void whileAWorkloadIsHeldAtAVersionThatNamesItItStays() {
        var renamed = world.and("---\n" + WORKLOAD.formatted("db-of-another-name"));

        held(
                Reason.WaitingForWorkload,
                "db is used by workload client until the edit of that is in force",
                verdict(renamed, Phase.Stable, 2, workload("db")));
    }

    private static void held(Reason reason, String message, Verdict verdict) {
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Holding.class, holding -> {
            assertThat(AcceptanceTest.reason(holding)).isEqualTo(reason);
            assertThat(holding.why().toString()).contains(message);
        });
    }

    @Test
    void whileAnotherEntryIsMadeOfItItStays() {
        var template = "{name: url, type: Token, template: {url: \"x://{{ secret 'db' 'value' }}\"}}";
        var made = world.and("---\n" + SCOPE.formatted("others", template));

        held(Reason.SecretInUse, "db is used by entry url", verdict(made, Phase.Stable, 2));
    }

    @Test
    void itMayMoveToAnotherScope() {
        var moved = world.and("---\n" + SCOPE.formatted("others", DB));

        assertThat(verdict(moved, Phase.Draining, 2)).isInstanceOf(Verdict.Accepted.class);
    }

    private Verdict verdict(World world, Phase phase, int current, HasMetadata... accepted) {
        var shelf = new Shelves()
                .with("api", Phase.Stable, 1, 0, 0)
                .with("db", phase, current, 0, 3)
                .shelf();
        return Acceptance.of(
                        world.gathered().with(shelf),
                        world.blueprint().capabilities(),
                        Set.of(),
                        new Remembered(Stream.concat(Stream.of(before), Stream.of(accepted))
                                .toList()))
                .verdicts()
                .get(Origin.secretScope("secrets"));
    }

    private static Workload workload(String entry) {
        return World.of(WORKLOAD.formatted(entry)).manifests().getFirst().as(Workload.class);
    }
}
