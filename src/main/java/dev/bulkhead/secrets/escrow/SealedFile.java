package dev.bulkhead.secrets.escrow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The form of the file: a line that says what it is, a line of JSON that says how it is sealed, and the rest is AES-256-GCM. Both lines
 * are authenticated with the rest, so nothing of the file can be changed.
 */
public final class SealedFile {

    private static final String MAGIC = "bulkhead-escrow/1\n";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int LONGEST_HEADER = 4096;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What may be known without the key.
     *
     * @param hub whose secrets these are
     * @param lock how the key is found
     */
    private record Header(String hub, Lock.Words lock, String nonce) {

        Header {
            Objects.requireNonNull(hub, "hub");
            Objects.requireNonNull(lock, "lock");
            Objects.requireNonNull(nonce, "nonce");
        }
    }

    private SealedFile() {}

    /** @param plain left to the caller, who wipes it */
    public static byte[] seal(byte[] plain, String hub, Lock lock, SecureRandom random) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var shut = lock.shut(random);
            var head = MAGIC
                    + JSON.writeValueAsString(
                            new Header(hub, shut.words(), Base64.getEncoder().encodeToString(nonce)))
                    + "\n";
            var bytes = head.getBytes(StandardCharsets.UTF_8);
            var file = new ByteArrayOutputStream();
            file.writeBytes(bytes);
            file.writeBytes(
                    cipher(Cipher.ENCRYPT_MODE, shut.key(), nonce, bytes).doFinal(plain));
            return file.toByteArray();
        } catch (JsonProcessingException | GeneralSecurityException e) {
            throw new IllegalStateException("An escrow can't be sealed", e);
        }
    }

    /** @return what was sealed; the caller wipes it */
    public static byte[] open(byte[] file, Lock lock) {
        var length = headLength(file);
        var head = Arrays.copyOf(file, length);
        var header = header(new String(head, StandardCharsets.UTF_8).substring(MAGIC.length()));
        try {
            var key = lock.open(header.lock());
            return cipher(Cipher.DECRYPT_MODE, key, Base64.getDecoder().decode(header.nonce()), head)
                    .doFinal(file, length, file.length - length);
        } catch (AEADBadTagException _) {
            throw new EscrowRefused(
                    "it can't be opened: the passphrase or key is another than the one it was sealed with, or the file was changed");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new EscrowRefused("it can't be opened: its header is broken (%s)".formatted(e.getMessage()));
        }
    }

    private static int headLength(byte[] file) {
        var magic = MAGIC.getBytes(StandardCharsets.UTF_8);
        if (file.length < magic.length || !Arrays.equals(magic, Arrays.copyOf(file, magic.length))) {
            throw new EscrowRefused("it is no escrow that this version knows: it should begin with the line %s"
                    .formatted(MAGIC.strip()));
        }
        for (var at = magic.length; at < Math.min(file.length, LONGEST_HEADER); at++) {
            if (file[at] == '\n') {
                return at + 1;
            }
        }
        throw new EscrowRefused("its header doesn't end: the file is cut off, or was changed");
    }

    private static Header header(String line) {
        try {
            return Optional.ofNullable(JSON.readValue(line, Header.class))
                    .orElseThrow(() -> new EscrowRefused("its header is empty: the file was changed"));
        } catch (JsonProcessingException e) {
            throw new EscrowRefused("its header doesn't parse: %s".formatted(e.getOriginalMessage()));
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] head) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(head);
        return cipher;
    }
}
