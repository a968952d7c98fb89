package dev.bulkhead.secrets.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.api.v1alpha1.SecretScopeSpec;
import dev.bulkhead.secrets.rotation.Timing.Cron;
import dev.bulkhead.secrets.rotation.Timing.Every;
import dev.bulkhead.secrets.rotation.Timing.Never;
import dev.bulkhead.secrets.rotation.Timing.Window;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a SecretScope says, read. */
class TermsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void whatIsNotSaidIsAsUsual() {
        var terms = terms("{'name': 'db', 'type': 'Token'}", "");

        assertThat(terms.timing()).isEqualTo(new Timing(new Never(), 0.1, List.of(), 66));
        assertThat(terms.drain()).isEqualTo(Duration.ofHours(1));
        assertThat(terms.installs()).isFalse();
        assertThat(terms.trust()).isEqualTo(Trust.NO_CA);
    }

    @Test
    void timesAndHooksAreThoseOfTheEntryBeforeThoseOfTheScope() {
        var terms = terms("""
                {'name': 'db', 'type': 'Password', 'users': ['app_a', 'app_b'], 'drain': {'atLeast': '1d12h'},
                 'schedule': {'every': '90d', 'jitter': '20%'},
                 'hooks': {'install': {'workload': 'set'}, 'revoke': {'workload': 'set'}}}""", """
                , 'drain': {'atLeast': '5m'}, 'onLoss': 'Regenerate',
                'windows': [{'cron': '0 2 * * 0', 'duration': '4h', 'timeZone': 'Europe/Berlin'}]""");

        assertThat(terms.timing())
                .isEqualTo(new Timing(
                        new Every(Duration.ofDays(90)),
                        0.2,
                        List.of(new Window("0 2 * * 0", Duration.ofHours(4), ZoneId.of("Europe/Berlin"))),
                        66));
        assertThat(terms.drain()).isEqualTo(Duration.ofHours(36));
        assertThat(terms.alternates()).isTrue();
        assertThat(terms.installs()).isTrue();
        assertThat(terms.verifies()).isFalse();
        assertThat(terms.revokes()).isTrue();
        assertThat(terms.onLossRegenerates()).isTrue();
    }

    @Test
    void aCronWithoutAZoneIsReadInUtcAndIsNotSpread() {
        var timing = terms("{'name': 'db', 'type': 'Token', 'schedule': {'cron': '@weekly'}}", "")
                .timing();

        assertThat(timing.schedule()).isEqualTo(new Cron("@weekly", ZoneId.of("UTC")));
        assertThat(timing.jitter()).isZero();
    }

    @Test
    void aLeafIsIssuedAndACaIsTrusted() {
        var leaf = terms(
                "{'name': 'api', 'type': 'TLS', 'tls': {'issuer': 'ca', 'dnsNames': ['api'], 'renewAt': '50%'}}", "");
        var ca = terms("{'name': 'ca', 'type': 'CA', 'ca': {'mode': 'TrustBoth'}}", "");

        assertThat(leaf.issued()).isTrue();
        assertThat(leaf.timing().renewAt()).isEqualTo(50);
        assertThat(ca.trust()).isEqualTo(Trust.TRUST_BOTH);
        assertThat(terms("{'name': 'ca', 'type': 'CA'}", "").trust()).isEqualTo(Trust.CROSS_SIGN);
    }

    @Test
    void whatCannotBeReadIsRefusedWithWhatToWrite() {
        assertThatThrownBy(() -> terms("{'name': 'db', 'type': 'Token', 'schedule': {'cron': '61 * * * *'}}", ""))
                .hasMessageContaining("'61 * * * *' is no cron expression");
        assertThatThrownBy(() -> terms(
                        "{'name': 'db', 'type': 'Token', 'schedule': {'cron': '@daily', 'timeZone': 'Europe/Atlantis'}}",
                        ""))
                .hasMessageContaining("'Europe/Atlantis' is no time zone");
    }

    private static Terms terms(String entry, String rest) {
        var scope = scope(entry, rest);
        return Terms.of("key", scope.entries().getFirst(), scope, "recipe");
    }

    private static SecretScopeSpec scope(String entry, String rest) {
        try {
            var text = "{'environmentRef': {'name': 'staging'}, 'entries': [%s]%s}".formatted(entry, rest);
            return JSON.readValue(text.replace('\'', '"'), SecretScopeSpec.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
