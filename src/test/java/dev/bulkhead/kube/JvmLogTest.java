package dev.bulkhead.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class JvmLogTest {

    private static final Logger ANYBODY = Logger.getLogger("dev.bulkhead.somebody");

    @Test
    void whatIsLoggedWhileItListensIsKeptAndNothingElse() {
        var log = new JvmLog();

        ANYBODY.warning("before");
        try (var _ = log.listen()) {
            ANYBODY.warning("meanwhile");
        }
        ANYBODY.warning("after");

        assertThat(log.lines()).singleElement().asString().contains("WARNING", "dev.bulkhead.somebody", "meanwhile");
    }
}
