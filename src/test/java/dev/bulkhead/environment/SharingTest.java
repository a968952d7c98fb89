package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.environment.keeping.Claimed;
import dev.bulkhead.environment.keeping.Grants;
import dev.bulkhead.environment.keeping.Grants.Ask;
import dev.bulkhead.environment.keeping.Grants.Lack;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Both sides have to say it: who has an entry, and who uses it. */
class SharingTest {

    private static final EnvironmentId PLATFORM = new EnvironmentId("shop", "platform");
    private static final EnvironmentId WEB = new EnvironmentId("shop", "web");
    private static final Ask ASK = new Ask("web-secrets", "secrets", "db");

    private static final String ENVIRONMENTS = """
            kind: Environment
            metadata: {name: platform, namespace: shop}
            spec: {namespaces: [{name: web}]}
            ---
            kind: Environment
            metadata: {name: web, namespace: shop}
            spec: {namespaces: [{name: web}]}
            ---
            """;
    private static final String OWNER = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: SecretScope
            metadata: {name: secrets, namespace: shop}
            spec:
              environmentRef: {name: platform}
              grants: [{entry: db, toScope: web-secrets, keys: [value, accepted]}]
              entries: [{name: db, type: Password}, {name: other, type: Token}]
            """;
    private static final String CLAIMANT = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: SecretScope
            metadata: {name: web-secrets, namespace: shop}
            spec:
              environmentRef: {name: web}
              entries: [{name: login, type: Granted, granted: {scope: secrets, entry: db}}]
            """;

    @Test
    void whatIsGrantedAndClaimedIsUsedWithTheKeysThatAreNamed() {
        var grant = grants(ENVIRONMENTS + OWNER + "---\n" + CLAIMANT).given().get(ASK);

        assertThat(grant.owner()).isEqualTo(PLATFORM);
        assertThat(grant.entry().name()).isEqualTo("db");
        assertThat(grant.keys()).containsExactly("accepted", "value");
        assertThat(grant.isThere()).isTrue();
    }

    @Test
    void aClaimThatNobodyGrantsIsToldApartFromOneOfNobody() {
        var silent = OWNER.replace("grants: [{entry: db, ", "grants: [{entry: other, ");

        assertThat(grants(ENVIRONMENTS + silent + "---\n" + CLAIMANT).lacking()).containsEntry(ASK, Lack.NOT_GRANTED);
        assertThat(grants(ENVIRONMENTS + CLAIMANT).lacking()).containsEntry(ASK, Lack.NOBODY);
    }

    @Test
    void aGrantThatNobodyClaimsDoesNothing() {
        assertThat(grants(ENVIRONMENTS + OWNER)).isEqualTo(Grants.NONE);
        assertThat(claims(ENVIRONMENTS + OWNER)).isEmpty();
    }

    @Test
    void whoGrantsKnowsWhoClaims() {
        assertThat(claims(ENVIRONMENTS + OWNER + "---\n" + CLAIMANT))
                .containsExactly(new Claimed(PLATFORM, "db", WEB, "login"));
    }

    @Test
    void anEnvironmentThatGoesOrIsntThereIsNotWaitedFor() {
        var going = ENVIRONMENTS.replace(
                "name: web, namespace: shop", "name: web, namespace: shop, deletionTimestamp: '2026-01-01T00:00:00Z'");

        assertThat(claims(going + OWNER + "---\n" + CLAIMANT)).isEmpty();
        assertThat(claims(OWNER + "---\n" + CLAIMANT)).isEmpty();
    }

    @Test
    void whatIsGrantedAnewWaitsUntilItsScopeIsInOrder() {
        var hub = new FakeHub().put(ENVIRONMENTS + OWNER + "---\n" + CLAIMANT).accepting(_ -> Optional.empty());

        assertThat(new Sharing(hub).grants(WEB).lacking()).containsEntry(ASK, Lack.NOT_IN_ORDER);
    }

    @Test
    void whatIsTakenBackDoesNotWaitForThat() {
        var takenBack = OWNER.replace("keys: [value, accepted]", "keys: [value]");
        UnaryOperator<Optional<SecretScope>> before = scope -> scope.map(it ->
                it.getMetadata().getName().equals("secrets") ? Serialization.unmarshal(OWNER, SecretScope.class) : it);
        var hub =
                new FakeHub().put(ENVIRONMENTS + takenBack + "---\n" + CLAIMANT).accepting(before);

        assertThat(new Sharing(hub).grants(WEB).given().get(ASK).keys()).containsExactly("value");
    }

    @Test
    void whoClaimedBeforeAnEditThatIsRefusedStillDoes() {
        var edited = CLAIMANT.replace(
                        "name: login, type: Granted, granted: {scope: secrets, entry: db}", "name: x, type: UUID")
                + "status: {entries: [{name: login, phase: Granted, version: '1'}]}\n";
        UnaryOperator<Optional<SecretScope>> before =
                scope -> scope.map(it -> it.getMetadata().getName().equals("web-secrets")
                        ? Serialization.unmarshal(CLAIMANT, SecretScope.class)
                        : it);
        var hub = new FakeHub().put(ENVIRONMENTS + OWNER + "---\n" + edited).accepting(before);

        assertThat(new Sharing(hub).grants(WEB).given()).containsKey(ASK);
        assertThat(new Sharing(hub).claims(PLATFORM)).hasSize(1);
    }

    private static Grants grants(String yaml) {
        return new Sharing(new FakeHub().put(yaml)).grants(WEB);
    }

    private static List<Claimed> claims(String yaml) {
        return new Sharing(new FakeHub().put(yaml)).claims(PLATFORM);
    }
}
