package dev.bulkhead.network.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.network.reach.draw.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * NetworkPolicies that are easily misread, a folder each: the first line says what is shown. {@code make golden} writes what
 * comes out now.
 */
class GoldenReachTest {

    private static final Path FOLDERS = Path.of("src/test/resources/reach");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    @TestFactory
    Stream<DynamicTest> theMatrixIsAsItsFolderShows() throws IOException {
        return folders().stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }

    private static void check(Path folder) throws IOException {
        var table = table(folder);
        var out = folder.resolve("out.txt");
        if (UPDATE) {
            Files.writeString(out, table);
        }
        assertThat(Files.readString(out)).as(says(folder)).isEqualTo(table);
    }

    @Test
    void noFileLiesAboutUnread() throws IOException {
        try (var files = Files.walk(FOLDERS)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allMatch(file -> file.getFileName().toString().matches("in\\.yaml|out\\.txt"));
        }
    }

    private static List<Path> folders() throws IOException {
        try (var folders = Files.list(FOLDERS)) {
            return folders.sorted().toList();
        }
    }

    private static String says(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve("in.yaml")).getFirst();
    }

    /** Without what nodes reach, which is everything. */
    private static String table(Path folder) throws IOException {
        var world = World.of(Objects.yaml(Files.readString(folder.resolve("in.yaml"))), Facts.USUAL);
        return new Table().of(world.matrix().withoutKubelet());
    }
}
