package dev.bulkhead.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/statuses.md is where people look up the word that they see. */
class ReasonsDocTest {

    private static final Path PAGE = Path.of("docs", "statuses.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| (.+) \\| (.+) \\|$");

    @Test
    void thePageHasEveryReasonOnceAndNoOther() throws IOException {
        assertThat(rows()).containsExactlyInAnyOrderElementsOf(reasons());
    }

    private static List<String> reasons() {
        return Arrays.stream(Reason.values()).map(Reason::name).toList();
    }

    private static List<String> rows() throws IOException {
        var page = Files.readString(PAGE);
        var table = page.substring(page.indexOf("<!-- reasons:"), page.indexOf("<!-- /reasons -->"));
        return ROW.matcher(table).results().map(row -> row.group(1)).toList();
    }
}
