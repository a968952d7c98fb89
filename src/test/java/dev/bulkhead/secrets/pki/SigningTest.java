package dev.bulkhead.secrets.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SigningTest {

    private static final KeyMaker KEYS = new KeyMaker(new SecureRandom());
    private static final KeyPair KNOWN = KEYS.ec(256);

    static Stream<KeyPair> ofEachKind() {
        return Stream.of(KEYS.ec(256), KEYS.ec(384), KEYS.ec(521), KEYS.rsa(2048), KEYS.ed25519());
    }

    @ParameterizedTest
    @MethodSource("ofEachKind")
    void aPairIsToldFromTwoKeys(KeyPair pair) {
        assertThat(Signing.isPair(pair.getPublic(), pair.getPrivate())).isTrue();
        assertThat(Signing.isPair(KNOWN.getPublic(), pair.getPrivate())).isFalse();
        assertThat(Signing.isPair(pair.getPublic(), KNOWN.getPrivate())).isFalse();
    }

    @Test
    void aKeyThatSignsNothingIsHalfOfNoPair() throws GeneralSecurityException {
        var agreeing = KeyPairGenerator.getInstance("X25519").generateKeyPair();

        assertThat(Signing.isPair(agreeing.getPublic(), agreeing.getPrivate())).isFalse();
    }
}
