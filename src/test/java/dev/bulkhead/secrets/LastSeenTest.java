package dev.bulkhead.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bulkhead.api.v1alpha1.SecretEntryStatus;
import dev.bulkhead.api.v1alpha1.SecretScope;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LastSeenTest {

    private static final SecretScope SCOPE = Serialization.unmarshal("""
            metadata: {name: secrets}
            spec: {environmentRef: {name: staging}, entries: [{name: db, type: Password}, {name: api, type: Token}]}
            status: {entries: [{name: db, phase: Draining, version: '4'}, {name: gone, phase: Stable, version: '1'}]}
            """, SecretScope.class);

    @Test
    void whatIsSeenCounts() {
        assertThat(LastSeen.entries(SCOPE, Map.of("db", new SecretEntryStatus("db", "Stable", "5"))))
                .extracting(SecretEntryStatus::name, SecretEntryStatus::phase, SecretEntryStatus::version)
                .containsExactly(tuple("db", "Stable", "5"), tuple("api", "Waiting", null));
    }

    @Test
    void whereNobodyLooksTheyAreWhereTheyWere() {
        assertThat(LastSeen.entries(SCOPE, Map.of()))
                .extracting(SecretEntryStatus::name, SecretEntryStatus::phase, SecretEntryStatus::version)
                .containsExactly(tuple("db", "Draining", "4"), tuple("api", "Waiting", null));
    }
}
