package dev.bulkhead.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The API server's own record of who asked for what, from a mark on. */
public final class Audit {

    /** The user agent of the operator: see {@code dev.bulkhead.runtime}. */
    public static final String OPERATOR = "bulkhead";

    private final Path log;
    private final ObjectMapper json = new ObjectMapper();
    private long mark;
    private boolean midst;

    Audit(Path log) {
        this.log = log;
        mark();
    }

    /** Forgets everything until now, and what the server is just about to say. */
    public void mark() {
        mark = log.toFile().length();
        midst = mark > 0 && !endsALine();
    }

    private boolean endsALine() {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(mark - 1);
            return file.read() == '\n';
        } catch (IOException e) {
            throw new UncheckedIOException("the audit log is not readable: " + log, e);
        }
    }

    /** What was answered since the mark, oldest first. */
    public List<AuditRequest> requests() {
        return lines().map(this::parse).flatMap(this::answered).toList();
    }

    /** What the operator wrote to a resource ({@code networkpolicies}) since the mark; dry runs don't count. */
    public List<AuditRequest> writesTo(String resource) {
        return writes(OPERATOR).stream()
                .filter(request -> request.resource().equals(resource))
                .toList();
    }

    /** What this client wrote since the mark, leases apart. */
    public List<AuditRequest> writes(String userAgent) {
        return requests().stream()
                .filter(request -> request.userAgent().equals(userAgent))
                .filter(request -> request.isWrite() && !request.isLease())
                .toList();
    }

    public List<AuditRequest> requestsOtherThanWatchesAndLeases(String userAgent) {
        return requests().stream()
                .filter(request -> request.userAgent().equals(userAgent))
                .filter(request -> !request.isWatch() && !request.isLease())
                .toList();
    }

    /** Waits until a client has asked for nothing, watches and leases apart, for so long. */
    public void awaitQuiet(String userAgent, Duration quiet) {
        var began = Instant.now();
        Awaitility.await()
                .atMost(quiet.plusMinutes(1))
                .pollInterval(quiet.dividedBy(10))
                .until(() -> {
                    var since = Instant.now().minus(quiet);
                    return began.isBefore(since)
                            && requestsOtherThanWatchesAndLeases(userAgent).stream()
                                    .allMatch(request -> request.at().isBefore(since));
                });
    }

    private Stream<String> lines() {
        if (!Files.exists(log)) {
            return Stream.empty();
        }
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            var bytes = new byte[Math.toIntExact(Math.max(0, file.length() - mark))];
            file.seek(mark);
            file.readFully(bytes);
            var text = new String(bytes, StandardCharsets.UTF_8);
            // The server may be in the middle of its last line.
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().skip(midst ? 1 : 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the audit log is not readable: " + log, e);
        }
    }

    private JsonNode parse(String line) {
        try {
            return json.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException("not an audit event: " + line, e);
        }
    }

    private Stream<AuditRequest> answered(JsonNode event) {
        var stage = event.path("stage").asText();
        var verb = event.path("verb").asText();
        // A watch is counted when it opens: it may be open for long after the test.
        if (!stage.equals(verb.equals("watch") ? "ResponseStarted" : "ResponseComplete")) {
            return Stream.empty();
        }
        var object = event.path("objectRef");
        return Stream.of(new AuditRequest(
                Instant.parse(event.path("requestReceivedTimestamp").asText()),
                event.path("userAgent").asText(),
                event.path("user").path("username").asText(),
                verb,
                object.path("apiGroup").asText(),
                object.path("resource").asText(),
                object.path("subresource").asText(),
                object.path("namespace").asText(),
                object.path("name").asText(),
                event.path("requestURI").asText(),
                event.path("responseStatus").path("code").asInt()));
    }
}
