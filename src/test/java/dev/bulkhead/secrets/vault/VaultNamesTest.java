package dev.bulkhead.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.apply.EnvironmentId;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VaultNamesTest {

    private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final String SUBDOMAIN = "[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?";
    private static final String ROTATION = "0123456789abcdef";

    private final EnvironmentId staging = new EnvironmentId("shop", "staging");

    @Test
    void shortNamesAreReadable() {
        assertThat(VaultNames.namespace("shop")).isEqualTo("bulkhead-vault-shop");
        assertThat(VaultNames.journal(staging)).isEqualTo("journal.staging");
        assertThat(VaultNames.version(staging, "db", 3, ROTATION)).isEqualTo("staging.db.v3.01234567");
    }

    @Test
    void everyNameThatIsAllowedHasAVault() {
        IntStream.rangeClosed(1, 63)
                .boxed()
                .flatMap(length -> Stream.of("n".repeat(length), "n" + "-".repeat(Math.max(0, length - 2)) + "n"))
                .forEach(name -> assertThat(VaultNames.namespace(name)).matches(LABEL));
    }

    @Test
    void theLongestNamesFit() {
        var longest = new EnvironmentId("n".repeat(63), ("e".repeat(62) + ".").repeat(4) + "e");

        assertThat(VaultNames.journal(longest)).matches(SUBDOMAIN);
        assertThat(VaultNames.version(longest, "x".repeat(253), Integer.MAX_VALUE, ROTATION))
                .matches(SUBDOMAIN);
    }

    @Test
    void longNamesThatBeginAlikeStayApart() {
        assertThat(VaultNames.namespace("n".repeat(60) + "a")).isNotEqualTo(VaultNames.namespace("n".repeat(60) + "b"));
        assertThat(VaultNames.version(staging, "n".repeat(150) + "a", 1, ROTATION))
                .isNotEqualTo(VaultNames.version(staging, "n".repeat(150) + "b", 1, ROTATION));
    }

    @Test
    void aVersionOfAnotherRotationHasAnotherName() {
        assertThat(VaultNames.version(staging, "db", 3, "aaaaaaaa1"))
                .isNotEqualTo(VaultNames.version(staging, "db", 3, "bbbbbbbb1"));
    }
}
