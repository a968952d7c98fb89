package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.Origin;
import dev.bulkhead.status.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a definition's own rules refuse is refused in files as well, which no API server has seen. */
class GrantRulesTest {

    private static final String SCOPE = """
            kind: SecretScope
            metadata: {name: secrets, namespace: shop}
            spec:
              environmentRef: {name: staging}
              grants: [{entry: %s, toScope: web, keys: [value]}]
              entries:
              - {name: own, type: Token}
              - {name: maps, type: External, external: {store: {name: vault}, data: [{name: value, remoteKey: maps}]}}
              - {name: taken, type: Granted, granted: {scope: platform, entry: db}}
            """;

    @Test
    void whatIsMadeHereMayBeGranted() {
        assertThat(verdict("own")).isNotInstanceOf(Verdict.Refused.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    maps    | entry maps is of type External, and its value isn't made here
                    taken   | entry taken is of type Granted, and its value isn't made here
                    nothing | this SecretScope has no entry nothing. Name one of its own
                    """)
    void whatIsNotMadeHereIsNotGranted(String entry, String told) {
        assertThat(verdict(entry)).isInstanceOfSatisfying(Verdict.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.GrantImpossible);
            assertThat(refused.message()).contains("spec.grants[0].entry: " + told);
        });
    }

    private static Verdict verdict(String entry) {
        return World.of("""
                kind: Environment
                metadata: {name: staging, namespace: shop}
                spec: {namespaces: [{name: web}]}
                """).and(SCOPE.formatted(entry)).acceptance().verdicts().get(Origin.secretScope("secrets"));
    }
}
