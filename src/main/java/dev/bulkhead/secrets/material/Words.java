package dev.bulkhead.secrets.material;

import dev.bulkhead.api.v1alpha1.HmacKeySettings;
import dev.bulkhead.api.v1alpha1.SecretEntry;
import dev.bulkhead.api.v1alpha1.TokenSettings;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Secrets that are a word: passwords, tokens, keys of a message's hash. */
final class Words {

    private static final String LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int UUID_BYTES = 16;
    private static final List<Integer> UUID_HYPHENS = List.of(8, 13, 18, 23);

    private Words() {}

    static Minted password(SecretEntry entry, Ingredients with) {
        var settings = Objects.requireNonNull(entry.password());
        var data = new TreeMap<String, byte[]>();
        data.put(Keys.VALUE, of(settings.alphabet(), settings.length(), with.random()));
        if (!entry.users().isEmpty()) {
            data.put(Keys.USERNAME, user(entry.users(), with.version()).getBytes(StandardCharsets.US_ASCII));
        }
        return Minted.of(data);
    }

    static Minted token(TokenSettings settings, Ingredients with) {
        var bytes = bytes(settings.bytes(), with.random());
        try {
            return value(
                    switch (settings.encoding()) {
                        case Base64Url ->
                            Base64.getUrlEncoder().withoutPadding().encode(bytes);
                        case Base64 -> Base64.getEncoder().encode(bytes);
                        case Hex -> hex(bytes);
                    });
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    static Minted hmacKey(HmacKeySettings settings, Ingredients with) {
        var bytes = bytes(settings.bytes(), with.random());
        try {
            return value(Base64.getEncoder().encode(bytes));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** A random one, version 4 of RFC 9562. */
    static Minted uuid(Ingredients with) {
        var bytes = bytes(UUID_BYTES, with.random());
        bytes[6] = (byte) (bytes[6] & 0x0f | 0x40);
        bytes[8] = (byte) (bytes[8] & 0x3f | 0x80);
        var digits = hex(bytes);
        var text = new byte[digits.length + UUID_HYPHENS.size()];
        for (int from = 0, to = 0; to < text.length; to++) {
            text[to] = UUID_HYPHENS.contains(to) ? (byte) '-' : digits[from++];
        }
        return value(text);
    }

    /** A word for what nobody types: letters and digits. */
    static byte[] plain(int length, SecureRandom random) {
        return of(LETTERS_AND_DIGITS, length, random);
    }

    /** Versions alternate, so one user always keeps the password it has. */
    static String user(List<String> users, int version) {
        return users.get((version - 1) % users.size());
    }

    private static byte[] of(String alphabet, int length, SecureRandom random) {
        var word = new byte[length];
        for (var index = 0; index < length; index++) {
            word[index] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
        }
        return word;
    }

    private static byte[] bytes(int count, SecureRandom random) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] hex(byte[] bytes) {
        var digits = new byte[2 * bytes.length];
        var format = HexFormat.of();
        for (var index = 0; index < bytes.length; index++) {
            digits[2 * index] = (byte) format.toHighHexDigit(bytes[index]);
            digits[2 * index + 1] = (byte) format.toLowHexDigit(bytes[index]);
        }
        return digits;
    }

    private static Minted value(byte[] value) {
        return Minted.of(Map.of(Keys.VALUE, value));
    }
}
