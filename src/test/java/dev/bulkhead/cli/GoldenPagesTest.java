package dev.bulkhead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What commands print of the examples. {@code make golden} writes what they print now, for a reviewer to read. */
class GoldenPagesTest {

    private static final Path PAGES = Path.of("src/test/resources/cli");
    private static final Path EXAMPLES = Path.of("examples");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    private static final String LINKERD = "src/test/resources/clusters/linkerd.yaml";
    private static final String MESHED = "examples/meshed-network";

    private record Page(String file, List<String> command) {}

    private static final List<Page> GOLDEN = List.of(
            new Page("private-network.txt", List.of("plan", "-f", "examples/private-network")),
            new Page("private-network.md", List.of("plan", "-f", "examples/private-network", "-o", "markdown")),
            new Page("private-network-reach.txt", List.of("reach", "-f", "examples/private-network")),
            new Page("private-network-reach.md", List.of("reach", "-f", "examples/private-network", "-o", "markdown")),
            new Page("private-network-reach.mmd", List.of("reach", "-f", "examples/private-network", "-o", "mermaid")),
            new Page(
                    "../../../../docs/private-network.svg",
                    List.of("reach", "-f", "examples/private-network", "-o", "svg")),
            new Page("meshed-network.yaml", List.of("plan", "-f", MESHED, "--capabilities", LINKERD, "-o", "yaml")),
            new Page("meshed-network-reach.txt", List.of("reach", "-f", MESHED, "--capabilities", LINKERD)),
            new Page("static-secrets-reach.json", List.of("reach", "-f", "examples/static-secrets", "-o", "json")),
            new Page("static-secrets.yaml", List.of("plan", "-f", "examples/static-secrets", "-o", "yaml")));

    @TestFactory
    Stream<DynamicTest> aPageIsAsItWas() {
        return GOLDEN.stream()
                .map(it -> DynamicTest.dynamicTest(String.join(" ", it.command()), () -> {
                    var terminal = new Terminal();
                    assertThat(terminal.run(it.command().toArray(String[]::new)))
                            .isZero();
                    var file = PAGES.resolve(it.file());
                    if (UPDATE) {
                        Files.writeString(file, terminal.out());
                    }
                    assertThat(terminal.out())
                            .as("run `make golden` and read the difference, if it is meant")
                            .isEqualTo(Files.readString(file));
                }));
    }

    @Test
    void noFileLiesAboutUnread() throws IOException {
        try (var files = Files.list(PAGES)) {
            assertThat(files.map(it -> it.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(GOLDEN.stream()
                            .map(Page::file)
                            .filter(it -> !it.contains("/"))
                            .toList());
        }
    }

    @TestFactory
    Stream<DynamicTest> everyExampleCanBePlanned() throws IOException {
        try (var examples = Files.list(EXAMPLES)) {
            return examples.filter(it -> !Files.exists(it.resolve("kustomization.yaml"))).sorted().toList().stream()
                    .map(it -> DynamicTest.dynamicTest(it.toString(), () -> {
                        var terminal = new Terminal();
                        assertThat(terminal.run("plan", "-f", it.toString()))
                                .as(terminal.err())
                                .isZero();
                    }));
        }
    }
}
