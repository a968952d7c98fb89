package dev.bulkhead.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SizeTest {

    @Test
    void noFileHasMoreThanFourHundredLines() throws IOException {
        assertThat(longerThan(400, Path.of("src"), ".java")).isEmpty();
    }

    @Test
    void aReconcilerIsATableOfContents() throws IOException {
        assertThat(longerThan(120, Path.of("src/main/java"), "Reconciler.java")).isEmpty();
    }

    private static List<String> longerThan(int lines, Path folder, String ending) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> lines(file) > lines)
                    .map(file -> "%s has %d lines".formatted(file, lines(file)))
                    .toList();
        }
    }

    private static long lines(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
