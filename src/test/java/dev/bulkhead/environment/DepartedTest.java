package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.SecretScope;
import dev.bulkhead.api.v1alpha1.Workload;
import dev.bulkhead.environment.keeping.Shelves;
import dev.bulkhead.secrets.rotation.Phase;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of SecretScopes that were deleted, those stay that something needs. */
class DepartedTest {

    private static final String DB = "{name: db, type: Password}";
    private static final String TOKEN = "{name: token, type: Token}";
    private static final Shelves AT_REST = new Shelves().with("db", Phase.Stable, 1, 0, 0);

    @Test
    void whatNobodyNeedsIsOver() {
        var departed = departed(List.of(scope("old", DB)), List.of(), List.of(workload("token")), AT_REST);

        assertThat(departed.held()).isEmpty();
        assertThat(departed.over()).extracting(DepartedTest::name).containsExactly("old");
        assertThat(departed.notices()).isEmpty();
    }

    @Test
    void whatAWorkloadUsesStaysWithWhatItIsMadeFrom() {
        var old = scope(
                "old",
                TOKEN + ", {name: db, type: Password, template: {url: \"x://{{ secret 'user' 'value' }}\"}},"
                        + " {name: user, type: Token}",
                "grants: [{entry: db, toScope: others, keys: [value]}]");

        var departed = departed(List.of(old), List.of(), List.of(workload("db")), AT_REST);

        assertThat(departed.over()).isEmpty();
        assertThat(departed.held()).singleElement().satisfies(it -> {
            assertThat(entries(it)).containsExactly("db", "user");
            assertThat(it.getSpec().grants()).isEmpty();
        });
        assertThat(departed.notices()).singleElement().satisfies(it -> assertThat(it.message())
                .contains("SecretScope old was deleted", "workloads client use it", "as they were: db, user"));
    }

    @Test
    void whatIsDeclaredSinceIsNotTakenFromIt() {
        var there = List.of(scope("new", DB));

        assertThat(departed(List.of(scope("old", DB)), there, List.of(workload("db")), AT_REST)
                        .over())
                .hasSize(1);
        assertThat(departed(List.of(scope("old", DB + ", " + TOKEN)), there, List.of(workload("token")), AT_REST)
                        .held())
                .singleElement()
                .satisfies(it -> assertThat(entries(it)).containsExactly("token"));
    }

    @Test
    void ofTwoThatHadTheSameOneStays() {
        var departed =
                departed(List.of(scope("one", DB), scope("two", DB)), List.of(), List.of(workload("db")), AT_REST);

        assertThat(departed.held()).extracting(DepartedTest::name).containsExactly("one");
        assertThat(departed.over()).extracting(DepartedTest::name).containsExactly("two");
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void whatIsBeingRotatedStaysUntilThatIsOver(Phase phase) {
        var departed =
                departed(List.of(scope("old", DB)), List.of(), List.of(), new Shelves().with("db", phase, 2, 0, 3));

        assertThat(departed.held()).hasSize(phase == Phase.Stable || phase == Phase.Lost ? 0 : 1);
    }

    @Test
    void whatOthersAreMadeOfStays() {
        var there = scope("new", "{name: url, type: Token, template: {url: \"x://{{ secret 'db' 'value' }}\"}}");
        var signed = scope("new", "{name: leaf, type: TLS, tls: {issuer: ca, dnsNames: [a]}}");

        assertThat(departed(List.of(scope("old", DB)), List.of(there), List.of(), AT_REST)
                        .held())
                .hasSize(1);
        assertThat(departed(List.of(scope("old", "{name: ca, type: CA}")), List.of(signed), List.of(), AT_REST)
                        .held())
                .hasSize(1);
    }

    private static Departed departed(
            List<SecretScope> departed, List<SecretScope> there, List<Workload> running, Shelves shelves) {
        return Departed.of(departed, there, running, shelves.shelf().journal());
    }

    private static SecretScope scope(String name, String entries, String... more) {
        return parsed("""
                kind: SecretScope
                metadata: {name: %s, namespace: shop}
                spec:
                  environmentRef: {name: staging}
                  entries: [%s]
                """.formatted(name, entries)
                        + Stream.of(more).map("  %s\n"::formatted).reduce("", String::concat))
                .as(SecretScope.class);
    }

    private static Workload workload(String entry) {
        return parsed("""
                kind: Workload
                metadata: {name: staging-client, namespace: shop}
                spec:
                  environmentRef: {name: staging}
                  name: client
                  image: registry.example.com/client:1
                  env: [{name: SECRET, secretRef: {entry: %s}}]
                """.formatted(entry)).as(Workload.class);
    }

    private static Manifest parsed(String yaml) {
        return Manifest.parse(Path.of("text of a test"), yaml).getFirst();
    }

    private static Stream<String> entries(SecretScope scope) {
        return scope.getSpec().entries().stream().map(SecretEntry::name);
    }

    private static String name(SecretScope scope) {
        return scope.getMetadata().getName();
    }
}
