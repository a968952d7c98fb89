package dev.bulkhead.secrets.material;

import dev.bulkhead.api.v1alpha1.SecretEntry;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** A user and a password, and the line that a proxy checks them with. */
final class BasicAuth {

    private static final int LENGTH = 32;
    private static final int SALT = 16;

    private BasicAuth() {}

    static Minted make(SecretEntry entry, Ingredients with) {
        var settings = Objects.requireNonNull(entry.basicAuth());
        var user = entry.users().isEmpty()
                ? Objects.requireNonNull(settings.username())
                : Words.user(entry.users(), with.version());
        var password = Words.plain(LENGTH, with.random());
        var salt = new byte[SALT];
        with.random().nextBytes(salt);
        // Apache and nginx know bcrypt by this letter.
        var line = user + ":" + OpenBSDBCrypt.generate("2y", password, salt, settings.cost());
        return Minted.of(Map.of(
                Keys.USERNAME, user.getBytes(StandardCharsets.US_ASCII),
                Keys.PASSWORD, password,
                Keys.AUTH, line.getBytes(StandardCharsets.US_ASCII)));
    }
}
