package dev.bulkhead.secrets.escrow;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** A passphrase, from which Argon2id (RFC 9106, its second recommendation) makes the key of a file. */
public final class PassphraseLock implements Lock {

    public static final int SHORTEST = 14;

    private static final int MEMORY_KIB = 64 * 1024;
    private static final int ITERATIONS = 3;
    private static final int LANES = 4;
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;

    /** Nobody has proved yet that the header is ours: it must not make us work for hours. */
    private static final Argon MOST = new Argon(1024 * 1024, 20, 16, "");

    private final byte[] passphrase;

    record Argon(int memoryKib, int iterations, int lanes, String salt) implements Words {

        Argon {
            Objects.requireNonNull(salt, "salt");
        }

        private boolean isWithin(Argon most) {
            return memoryKib >= 8 * lanes
                    && memoryKib <= most.memoryKib
                    && iterations >= 1
                    && iterations <= most.iterations
                    && lanes >= 1
                    && lanes <= most.lanes;
        }
    }

    private PassphraseLock(byte[] passphrase) {
        this.passphrase = passphrase;
    }

    /** @param passphrase left to the caller, who wipes it */
    public static PassphraseLock of(char[] passphrase) {
        if (passphrase.length < SHORTEST) {
            throw new EscrowRefused(
                    "the passphrase has %d characters, and needs at least %d: whoever has the file may try as often as he likes"
                            .formatted(passphrase.length, SHORTEST));
        }
        var encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        var bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        Arrays.fill(encoded.array(), (byte) 0);
        return new PassphraseLock(bytes);
    }

    @Override
    public Shut shut(SecureRandom random) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        var words = new Argon(MEMORY_KIB, ITERATIONS, LANES, Base64.getEncoder().encodeToString(salt));
        return new Shut(words, key(words));
    }

    @Override
    public SecretKey open(Words words) {
        return switch (words) {
            case Argon argon when argon.isWithin(MOST) -> key(argon);
            case Argon _ ->
                throw new EscrowRefused("its header asks for more work than any escrow of ours: it was changed");
            case KeyLock.Exchange _ ->
                throw new EscrowRefused("it was sealed for a public key: give the private one, and no passphrase");
        };
    }

    private SecretKey key(Argon argon) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(argon.memoryKib())
                .withIterations(argon.iterations())
                .withParallelism(argon.lanes())
                .withSalt(Base64.getDecoder().decode(argon.salt()))
                .build());
        var key = new byte[KEY_BYTES];
        generator.generateBytes(passphrase, key);
        try {
            return new SecretKeySpec(key, "AES");
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
