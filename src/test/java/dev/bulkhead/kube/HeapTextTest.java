package dev.bulkhead.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapTextTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-16LE", "UTF-16BE"})
    void aWordIsFoundHoweverItIsKept(String charset) throws IOException {
        assertThat(heapWith("open sesame".getBytes(Charset.forName(charset))).contains("open sesame"))
                .isTrue();
    }

    @Test
    void bytesAreFoundWithZeroesInThem() throws IOException {
        var key = new byte[] {7, 0, 0, (byte) 0xe9, 1, 0};

        assertThat(heapWith(key).contains(new String(key, StandardCharsets.ISO_8859_1)))
                .isTrue();
    }

    @Test
    void whatIsNotThereIsNotFound() throws IOException {
        assertThat(heapWith("open".getBytes(StandardCharsets.UTF_8)).contains("open sesame"))
                .isFalse();
    }

    private HeapText heapWith(byte[] word) throws IOException {
        var dump = new ByteArrayOutputStream();
        dump.writeBytes(new byte[] {1, 2, 0, 0});
        dump.writeBytes(word);
        dump.writeBytes(new byte[] {0, 3, 0, 0});
        return HeapText.read(Files.write(folder.resolve("dump"), dump.toByteArray()));
    }
}
