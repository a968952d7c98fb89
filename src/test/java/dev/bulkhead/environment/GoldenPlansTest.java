package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The planner, shown by folders. {@code make golden} writes what is planned now, for a reviewer to read. */
class GoldenPlansTest {

    static final Path PLANS = Path.of("src/test/resources/plans");

    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    static List<PlanFolder> folders() {
        try (var folders = Files.list(PLANS)) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(PlanFolder::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> thePlanIsAsItsFolderShows() {
        return folders().stream()
                .map(folder -> DynamicTest.dynamicTest("%s: %s".formatted(folder, folder.says()), () -> {
                    var planned = folder.planned();
                    if (UPDATE) {
                        folder.write(planned);
                    }
                    assertThat(folder.written())
                            .as("run `make golden` and read the difference, if it is meant")
                            .isEqualTo(planned);
                }));
    }

    @Test
    void noFileLiesAboutUnread() throws IOException {
        try (var files = Files.walk(PLANS)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allMatch(file -> file.getParent().equals(PLANS)
                            ? file.getFileName().toString().startsWith("default-")
                            : file.getFileName().toString().matches("(in|out)-[a-z-]+\\.(yaml|txt)"));
        }
    }

    @Test
    void everyCaseShowsSomething() {
        assertThat(folders()).hasSizeGreaterThanOrEqualTo(15).noneMatch(folder -> folder.planned()
                .isEmpty());
    }
}
