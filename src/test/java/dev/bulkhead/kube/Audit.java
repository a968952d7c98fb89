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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The API server's own record of who asked for what, from a mark on. */
public final class Audit {

    /** The user agent of the operator: see {@code dev.bulkhead.runtime}. */
    public static final String OPERATOR = "bulkhead";

    private final Path log;
    private final ObjectMapper json = new ObjectMapper();
    private final List<AuditRequest> answered = new ArrayList<>();
    private long read;
    private boolean midst;

    Audit(Path log) {
        this.log = log;
        mark();
    }

    /** Forgets everything until now, and what the server is just about to say. */
    public synchronized void mark() {
        answered.clear();
        read = log.toFile().length();
        midst = read > 0 && !endsALine();
    }

    private boolean endsALine() {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(read - 1);
            return file.read() == '\n';
        } catch (IOException e) {
            throw new UncheckedIOException("the audit log is not readable: " + log, e);
        }
    }

    /** What was answered since the mark, oldest first. */
    public synchronized List<AuditRequest> requests() {
        lines().map(this::parse).flatMap(this::answered).forEach(answered::add);
        return List.copyOf(answered);
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

    /** What has come since they were asked for last. */
    private Stream<String> lines() {
        if (!Files.exists(log)) {
            return Stream.empty();
        }
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            var bytes = new byte[Math.toIntExact(Math.max(0, file.length() - read))];
            file.seek(read);
            file.readFully(bytes);
            // The server may be in the middle of its last line.
            var whole = bytes.length;
            while (whole > 0 && bytes[whole - 1] != '\n') {
                whole--;
            }
            var skipped = midst && whole > 0 ? 1 : 0;
            read += whole;
            midst = midst && whole == 0;
            return new String(bytes, 0, whole, StandardCharsets.UTF_8).lines().skip(skipped);
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
