package dev.bulkhead.kube;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A heap dump in which words are looked for, whether they are kept as bytes, as Latin-1 or as UTF-16. */
public final class HeapText {

    private final String text;

    private HeapText(String text) {
        this.text = text;
    }

    static HeapText read(Path dump) throws IOException {
        return new HeapText(withoutZeroes(Files.readAllBytes(dump)));
    }

    public boolean contains(String latin) {
        return text.contains(withoutZeroes(latin.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** In UTF-16 of either order, Latin letters have nothing but zeroes between them. */
    private static String withoutZeroes(byte[] bytes) {
        var length = 0;
        for (var value : bytes) {
            if (value != 0) {
                bytes[length++] = value;
            }
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
