package dev.bulkhead.secrets.rotation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The name of a rotation. It is stored before anything is made in its name, so that nothing is made twice; and the moment is in it,
 * so that not even a journal that comes back from a backup calls two by one name.
 */
final class RotationId {

    private static final int BYTES = 8;

    private RotationId() {}

    static String of(Matter matter, int version, String cause) {
        var words = List.of(
                matter.terms().key(),
                Integer.toString(version),
                cause,
                matter.now().toString());
        return HexFormat.of().formatHex(hash(words), 0, BYTES);
    }

    /** Between 0 and 1, always the same for the same words, and evenly spread. */
    static double fraction(String... words) {
        var bits = ByteBuffer.wrap(hash(List.of(words))).getLong() >>> 11;
        return bits / (double) (1L << 53);
    }

    /** Each word with its length, so that no two lists hash the same bytes. */
    private static byte[] hash(List<String> words) {
        var sha = sha256();
        for (var word : words) {
            var bytes = word.getBytes(StandardCharsets.UTF_8);
            sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            sha.update(bytes);
        }
        return sha.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The JDK has no SHA-256", e);
        }
    }
}
