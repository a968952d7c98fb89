package dev.bulkhead.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {

    @TempDir
    Path directory;

    private Path log;

    @BeforeEach
    void aLogThatHasAPast() throws IOException {
        log = Files.createFile(directory.resolve("audit.log"));
        answered("create", "bulkhead", "networkpolicies", "");
    }

    @Test
    void whatWasBeforeTheMarkIsForgotten() throws IOException {
        var audit = new Audit(log);

        answered("patch", "bulkhead", "networkpolicies", "");

        assertThat(audit.writesTo("networkpolicies")).singleElement().satisfies(write -> assertThat(write.verb())
                .isEqualTo("patch"));
    }

    @Test
    void othersReadsAndDryRunsAreNotTheOperatorsWrites() throws IOException {
        var audit = new Audit(log);

        answered("patch", "kubectl/v1.36.3", "networkpolicies", "");
        answered("get", "bulkhead", "networkpolicies", "");
        answered("patch", "bulkhead", "networkpolicies", "?dryRun=All");
        answered("patch", "bulkhead", "services", "");

        assertThat(audit.writesTo("networkpolicies")).isEmpty();
    }

    @Test
    void watchesAndLeasesAreNoUnrest() throws IOException {
        var audit = new Audit(log);

        event("ResponseStarted", "watch", "bulkhead", "pods", "");
        answered("watch", "bulkhead", "pods", "");
        answered("update", "bulkhead", "leases", "");
        answered("list", "bulkhead", "configmaps", "");

        assertThat(audit.requestsOtherThanWatchesAndLeases("bulkhead"))
                .extracting(AuditRequest::resource)
                .containsExactly("configmaps");
    }

    @Test
    void aLineThatIsStillBeingWrittenWaits() throws IOException {
        var audit = new Audit(log);
        var line = line("ResponseComplete", "patch", "bulkhead", "services", "");

        write(line.substring(0, 30));
        assertThat(audit.requests()).isEmpty();
        write(line.substring(30));

        assertThat(audit.requests()).hasSize(1);
    }

    @Test
    void aLineThatWasBeingWrittenAtTheMarkIsForgotten() throws IOException {
        var line = line("ResponseComplete", "patch", "bulkhead", "services", "");
        write(line.substring(0, 30));
        var audit = new Audit(log);

        write(line.substring(30, 60));
        assertThat(audit.requests()).isEmpty();
        write(line.substring(60));
        answered("patch", "bulkhead", "secrets", "");

        assertThat(audit.requests()).extracting(AuditRequest::resource).containsExactly("secrets");
    }

    @Test
    void whatIsAskedForTwiceIsToldTwice() throws IOException {
        var audit = new Audit(log);

        answered("patch", "bulkhead", "services", "");
        assertThat(audit.requests()).hasSize(1);
        answered("patch", "bulkhead", "secrets", "");

        assertThat(audit.requests()).extracting(AuditRequest::resource).containsExactly("services", "secrets");
    }

    private void answered(String verb, String userAgent, String resource, String query) throws IOException {
        event("ResponseComplete", verb, userAgent, resource, query);
    }

    private void event(String stage, String verb, String userAgent, String resource, String query) throws IOException {
        write(line(stage, verb, userAgent, resource, query));
    }

    private static String line(String stage, String verb, String userAgent, String resource, String query) {
        return """
                {"stage":"%s","verb":"%s","userAgent":"%s","requestURI":"/apis/x%s","user":{"username":"someone"},\
                "objectRef":{"resource":"%s","namespace":"shop","name":"it"},"responseStatus":{"code":200},\
                "requestReceivedTimestamp":"2026-01-01T00:00:00.000000Z"}
                """.formatted(stage, verb, userAgent, query, resource);
    }

    private void write(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.APPEND);
    }
}
