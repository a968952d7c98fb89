package dev.bulkhead.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.cluster.TokenRotation.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRotationTest {

    private static final Instant ISSUED = Instant.parse("2026-03-01T00:00:00Z");
    private static final String SUBJECT = "system:serviceaccount:bulkhead-system:bulkhead";

    @Test
    void aTokenIsRenewedAtHalfOfItsLife() {
        var token = token(SUBJECT, ISSUED, Duration.ofHours(48));

        assertThat(TokenRotation.decide(token, ISSUED.plus(Duration.ofHours(24)).minusSeconds(1)))
                .isEqualTo(new Verdict.Wait(ISSUED.plus(Duration.ofHours(24))));
        assertThat(TokenRotation.decide(token, ISSUED.plus(Duration.ofHours(24))))
                .isEqualTo(new Verdict.Renew("bulkhead-system", "bulkhead", Duration.ofHours(48)));
    }

    @Test
    void anEndedTokenIsStillTriedSinceClocksDiffer() {
        assertThat(TokenRotation.decide(token(SUBJECT, ISSUED, Duration.ofHours(1)), ISSUED.plus(Duration.ofHours(2))))
                .isInstanceOf(Verdict.Renew.class);
    }

    @Test
    void aTokenOfAUserIsLeftAlone() {
        assertThat(TokenRotation.decide(token("jane", ISSUED, Duration.ofHours(1)), ISSUED))
                .isInstanceOf(Verdict.Leave.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "opaque", "a.b", "a.!.c", "a.bm8.c", "..", "a.W10.c", "a.bnVsbA.c"})
    void whatIsNoTokenOfThatKindIsLeftAlone(String token) {
        assertThat(TokenRotation.decide(token, ISSUED)).isInstanceOf(Verdict.Leave.class);
    }

    @Test
    void aTokenWithoutAnEndIsLeftAlone() {
        assertThat(TokenRotation.decide(encoded("{\"sub\":\"%s\",\"iat\":1}".formatted(SUBJECT)), ISSUED))
                .isInstanceOf(Verdict.Leave.class);
    }

    static String token(String subject, Instant issued, Duration life) {
        return encoded("{\"sub\":\"%s\",\"iat\":%d,\"exp\":%d}"
                .formatted(subject, issued.getEpochSecond(), issued.plus(life).getEpochSecond()));
    }

    private static String encoded(String claims) {
        return "e30."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }
}
