package dev.bulkhead.secrets.escrow;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.SecretKey;

/** What an escrow is sealed with, and opened. */
public sealed interface Lock permits PassphraseLock, KeyLock {

    /** What stands in the file, so that who has the secret finds the key of this file. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "by")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = PassphraseLock.Argon.class, name = "argon2id"),
        @JsonSubTypes.Type(value = KeyLock.Exchange.class, name = "x25519")
    })
    sealed interface Words permits PassphraseLock.Argon, KeyLock.Exchange {}

    record Shut(Words words, SecretKey key) {}

    /** A key for a new file. */
    Shut shut(SecureRandom random) throws GeneralSecurityException;

    /** The key of a file. */
    SecretKey open(Words words) throws GeneralSecurityException;
}
