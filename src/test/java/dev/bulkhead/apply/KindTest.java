package dev.bulkhead.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written must be allowed, fenced and owned by the chart, too. */
class KindTest {

    private static final Path TEMPLATES = Path.of("helm/bulkhead/templates");

    @ParameterizedTest
    @EnumSource
    void theChartKnowsEveryKindThatIsWritten(Kind kind) throws IOException {
        var resource = "\\b" + kind.plural() + "\\b";
        assertThat(Files.readString(TEMPLATES.resolve("rbac.yaml"))).containsPattern(resource);
        assertThat(Files.readString(TEMPLATES.resolve("policies/fence.yaml")))
                .contains("'" + kind.group() + "/" + kind.plural() + "'");
        var ownership = Files.readString(TEMPLATES.resolve("policies/ownership.yaml"));
        assertThat(ownership)
                .contains(kind.group().isEmpty() ? "apiGroups: [\"\"]" : "apiGroups: [" + kind.group() + "]");
    }
}
